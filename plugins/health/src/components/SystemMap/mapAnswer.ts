import { formatPlural, statusLook } from '@ghostlight/plugin-ghostlight-react';
import type {
  HealthMap,
  HealthStatus,
  MapEdge,
  MapNode,
} from '@ghostlight/plugin-health-common';
import { badRatio, warnRatio } from './edgeLook';
import { errorWords } from './figures';

export interface MapAnswer {
  status: HealthStatus;
  /** `4 of 5 components healthy; payments fails 12 % of requests from orders.` */
  sentence: string;
}

const worstFirst: HealthStatus[] = [
  'failing',
  'degraded',
  'unknown',
  'healthy',
];
const byWorst = (a: MapNode, b: MapNode) =>
  worstFirst.indexOf(a.status) - worstFirst.indexOf(b.status);

/** How the system is, in a sentence: how many are well, who is not, and which call fails most. */
export function mapAnswer(map: Pick<HealthMap, 'nodes' | 'edges'>): MapAnswer {
  const members = map.nodes.filter(({ member }) => member);
  const healthy = members.filter(({ status }) => status === 'healthy');
  const [worst] = [...members].sort(byWorst);
  const edge = worstEdge(map.edges);
  const parts = [
    healthy.length === members.length
      ? allWords(members.length)
      : `${healthy.length} of ${formatPlural(
          members.length,
          'component',
        )} healthy`,
    worst && worst.status !== 'healthy'
      ? sickWords(members.filter(({ status }) => status === worst.status))
      : undefined,
    edge && edgeWords(edge, map.nodes),
  ].filter(part => part !== undefined);
  return {
    status: statusOf(worst?.status ?? 'unknown', edge),
    sentence: `${parts.join('; ')}.`,
  };
}

function allWords(count: number): string {
  if (count === 0) {
    return 'No component of it runs here';
  }
  return count === 1
    ? 'Its one component is healthy'
    : `All ${count} components are healthy`;
}

function sickWords(sick: MapNode[]): string {
  const word = statusLook(sick[0].status).word.toLocaleLowerCase('en-US');
  if (sick.length > 3) {
    return `${sick.length} are ${word}`;
  }
  const names = sick.map(({ name }) => name).join(' and ');
  return `${names} ${sick.length === 1 ? 'is' : 'are'} ${word}`;
}

/** Of the calls that fail, the one most of which do. */
function worstEdge(edges: readonly MapEdge[]): MapEdge | undefined {
  return [...edges]
    .filter(({ errorRatio }) => (errorRatio ?? 0) >= warnRatio)
    .sort((a, b) => (b.errorRatio ?? 0) - (a.errorRatio ?? 0))[0];
}

function edgeWords(edge: MapEdge, nodes: readonly MapNode[]): string {
  const nameOf = (id: string) =>
    id === 'unknown'
      ? 'outside'
      : nodes.find(node => node.id === id)?.name ?? id;
  return `${nameOf(edge.to)} fails ${errorWords(
    edge.errorRatio,
  )} of requests from ${nameOf(edge.from)}`;
}

/** Replicas may all be ready while calls fail: that is not healthy. */
function statusOf(
  worst: HealthStatus,
  edge: MapEdge | undefined,
): HealthStatus {
  return (edge?.errorRatio ?? 0) >= badRatio && worst !== 'failing'
    ? 'degraded'
    : worst;
}
