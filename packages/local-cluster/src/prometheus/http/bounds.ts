import { QueryError } from '../types.ts';

/**
 * Queries share the process with the API and the network of all pods: none holds it up longer than this at once. What the product
 * asks over a day takes up to 90 ms the first time and 40 ms afterwards.
 */
const LONGEST_AT_ONCE_MS = 250;
/** Time in which others keep the machine busy, or memory is tidied, counts only so much: it is not the query's own. */
const SHARE_OF_WAITING = 1 / 2;

/** Processor time of this thread. */
function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** What an evaluation that begins now is held to, as part of its query. */
export function atOnce(longestMs = LONGEST_AT_ONCE_MS) {
  const worked = workedMs();
  const began = performance.now();
  return {
    limits: { deadlineMs: Math.min(longestMs, LONGEST_AT_ONCE_MS) },
    now: () =>
      Math.max(
        workedMs() - worked,
        (performance.now() - began) * SHARE_OF_WAITING,
      ),
  };
}

/** Of one answer: about 25 MB of text. */
const MOST_POINTS = 1_000_000;
export const LESS = 'ask for less time, longer steps or fewer series';

/** @throws QueryError */
export function checkPoints(points: number): void {
  if (points <= MOST_POINTS) return;
  throw new QueryError(
    'execution',
    `the answer has more than ${MOST_POINTS} points: ${LESS}`,
  );
}
