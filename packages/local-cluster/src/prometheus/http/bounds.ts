import { QueryError } from '../types.ts';

/**
 * Queries share the process with the API and the network of all pods: none holds it up longer than this at once. What the product
 * asks over a day takes up to 90 ms the first time and 40 ms afterwards.
 */
const LONGEST_AT_ONCE_MS = 250;

/** Processor time of this thread: where others keep the machine busy, a query's time does not run out while it waits. */
function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** What every evaluation is held to, as part of its query. */
export const AT_ONCE = {
  limits: { deadlineMs: LONGEST_AT_ONCE_MS },
  now: workedMs,
};

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
