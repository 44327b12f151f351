import type { ComparisonVerdict } from '@ghostlight/plugin-health-common';
import type { Interval } from './proportions';

/** How much of a difference matters to people. */
export interface Materiality {
  /** A difference of less is never called worse or better. */
  least: number;
  /** As long as more than this cannot be excluded, it is not called no worse. */
  most: number;
}

/** Failed requests: 0.1 percentage points matter, 1 must be excluded. */
export const ERRORS: Materiality = { least: 0.001, most: 0.01 };

/** Durations: 10 % and 5 ms matter; 25 %, at least 20 ms, must be excluded. */
export function durations(beforeMs: number): Materiality {
  return {
    least: Math.max(5, beforeMs * 0.1),
    most: Math.max(20, beforeMs * 0.25),
  };
}

/** CPU and memory: a fifth more is worth a note. */
export const USAGE_PART = 0.2;

export interface Judgement {
  verdict: ComparisonVerdict;
  /** How many times as many requests it would take to decide. */
  timesNeeded?: number;
}

/**
 * Of a difference where more is worse: `worse` only if the interval excludes 0 and the difference matters; `no-worse`
 * only if the interval excludes what must not be; else `undecided`, with how much more traffic it takes, from intervals
 * shrinking with the square root of the number of requests.
 */
export function judgeDifference(
  difference: number,
  [low, high]: Interval,
  { least, most }: Materiality,
): Judgement {
  if (low > 0 && difference >= least) {
    return { verdict: 'worse' };
  }
  if (high < 0 && -difference >= least) {
    return { verdict: 'better' };
  }
  if (high < most) {
    return { verdict: 'no-worse' };
  }
  const [spread, room] =
    difference < most / 2
      ? [high - difference, most - difference]
      : [difference - low, difference];
  return {
    verdict: 'undecided',
    timesNeeded: Math.max(1, (spread / room) ** 2),
  };
}
