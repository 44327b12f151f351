import { formatPlural, statusLook } from '@ghostlight/plugin-ghostlight-react';
import type {
  HealthMap,
  HealthStatus,
  MapNode,
} from '@ghostlight/plugin-health-common';
import { toWindow } from '../HealthTab/useChosenWindow';
import { windowWords } from '../windowWords';
import { toneOf } from './edgeLook';
import { errorWords } from './figures';

export interface MapAnswer {
  status: HealthStatus;
  /** `4 of 5 components healthy; payments fails 12 % of requests from orders.` */
  sentence: string;
}

/** Calls from one component to another that failed. */
interface Failure {
  from: string;
  to: string;
  ratio: number;
  /** "the last 24 h"; undefined for what fails now. */
  over?: string;
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
export function mapAnswer(
  map: Pick<HealthMap, 'nodes' | 'edges' | 'window'>,
): MapAnswer {
  const members = map.nodes.filter(({ member }) => member);
  const healthy = members.filter(({ status }) => status === 'healthy');
  const [worst] = [...members].sort(byWorst);
  const failure = worstFailure(map);
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
    ...troubleWords(sick, failure, map.nodes),
  ];
  return {
    status: statusOf(worst?.status ?? 'unknown', failure),
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
  failure: Failure | undefined,
  nodes: readonly MapNode[],
): string[] {
  if (sick.length === 1 && failure?.to === sick[0].id) {
    return [`${sickWords(sick)} and ${failsWords(failure, nodes)}`];
  }
  return [
    ...(sick.length > 0 ? [sickWords(sick)] : []),
    ...(failure
      ? [`${nameIn(nodes, failure.to)} ${failsWords(failure, nodes)}`]
      : []),
  ];
}

/** Of the calls that fail now, the one most of which do; without one, of those that failed within the window. */
function worstFailure(
  map: Pick<HealthMap, 'edges' | 'window'>,
): Failure | undefined {
  const over = toWindow(map.window);
  // A window this short is as good as now, where nothing newer is told.
  const isShort = over === 'PT5M';
  const present = map.edges.map(
    ({ from, to, errorRatio, now }): Failure => ({
      from,
      to,
      ratio: (now ? now.errorRatio : isShort && errorRatio) || 0,
    }),
  );
  const past = map.edges.map(
    ({ from, to, errorRatio = 0 }): Failure => ({
      from,
      to,
      ratio: errorRatio,
      over: over ? `the last ${windowWords(over)}` : 'the whole window',
    }),
  );
  return worstOf(present) ?? worstOf(past);
}

function worstOf(failures: readonly Failure[]): Failure | undefined {
  return failures
    .filter(({ ratio }) => toneOf(ratio) !== 'calm')
    .sort((a, b) => b.ratio - a.ratio)[0];
}

/** What is over is told as such, with the time it was counted over. */
function failsWords(failure: Failure, nodes: readonly MapNode[]): string {
  const { from, ratio, over } = failure;
  const what = `${errorWords(ratio)} of requests from ${nameIn(nodes, from)}`;
  return over ? `failed ${what} over ${over}` : `fails ${what}`;
}

function nameIn(nodes: readonly MapNode[], id: string): string {
  return id === 'unknown'
    ? 'outside'
    : nodes.find(node => node.id === id)?.name ?? id;
}

/** Replicas may all be ready while calls fail now: that is not healthy. What failed once is no state. */
function statusOf(
  worst: HealthStatus,
  failure: Failure | undefined,
): HealthStatus {
  const isBad = failure && !failure.over && toneOf(failure.ratio) === 'bad';
  return isBad && worst !== 'failing' ? 'degraded' : worst;
}
