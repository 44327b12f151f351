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
/** Who needs a look comes first; equals keep their order. */
export const byWorst = (a: MapNode, b: MapNode): number =>
  worstFirst.indexOf(a.status) - worstFirst.indexOf(b.status);

/** How the system is, in a sentence: how many are well, who is not, and which call fails most. */
export function mapAnswer(map: Pick<HealthMap, 'nodes' | 'edges'>): MapAnswer {
  const members = map.nodes.filter(({ member }) => member);
  const healthy = members.filter(({ status }) => status === 'healthy');
  const [worst] = [...members].sort(byWorst);
  const edge = worstEdge(map.edges);
  const sick =
    worst && worst.status !== 'healthy'
      ? members.filter(({ status }) => status === worst.status)
      : [];
  const parts = [
    healthy.length === members.length
      ? allWords(members.length)
      : `${healthy.length} of ${formatPlural(
          members.length,
          'component',
        )} healthy`,
    ...troubleWords(sick, edge, map.nodes),
  ];
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

/** Who is not well and which call fails; said of one component, that is one thing. */
function troubleWords(
  sick: MapNode[],
  edge: MapEdge | undefined,
  nodes: readonly MapNode[],
): string[] {
  if (sick.length === 1 && edge?.to === sick[0].id) {
    return [`${sickWords(sick)} and ${failsWords(edge, nodes)}`];
  }
  return [
    ...(sick.length > 0 ? [sickWords(sick)] : []),
    ...(edge ? [`${nameIn(nodes, edge.to)} ${failsWords(edge, nodes)}`] : []),
  ];
}

/** Of the calls that fail, the one most of which do. */
function worstEdge(edges: readonly MapEdge[]): MapEdge | undefined {
  return [...edges]
    .filter(({ errorRatio }) => (errorRatio ?? 0) >= warnRatio)
    .sort((a, b) => (b.errorRatio ?? 0) - (a.errorRatio ?? 0))[0];
}

function failsWords(edge: MapEdge, nodes: readonly MapNode[]): string {
  return `fails ${errorWords(edge.errorRatio)} of requests from ${nameIn(
    nodes,
    edge.from,
  )}`;
}

function nameIn(nodes: readonly MapNode[], id: string): string {
  return id === 'unknown'
    ? 'outside'
    : nodes.find(node => node.id === id)?.name ?? id;
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
