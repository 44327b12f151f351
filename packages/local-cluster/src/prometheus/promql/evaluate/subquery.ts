import { QueryError } from '../../types.ts';
import type { Subquery } from '../ast.ts';
import type { Budget } from '../budget.ts';
import type { Column } from '../columns.ts';
import type { RangeSeries } from './range-vector.ts';
import { timeOf } from './value.ts';
import type { Steps } from './value.ts';

/** Prometheus' global evaluation interval, where the subquery names no step. */
const DEFAULT_STEP_MS = 60_000;

/** When a subquery's inner expression is evaluated: at multiples of its step, as in Prometheus. */
export function subquerySteps(
  { rangeMs, stepMs = DEFAULT_STEP_MS }: Subquery,
  [firstMs, lastMs]: [number, number],
  { limits }: Budget,
): Steps {
  const earliestMs = firstMs - rangeMs;
  const startMs = Math.ceil(earliestMs / stepMs) * stepMs;
  const count = Math.floor((lastMs - startMs) / stepMs) + 1;
  if (count > limits.maxSubquerySteps) {
    throw new QueryError(
      'execution',
      `the subquery [${rangeMs / 1000}s:${
        stepMs / 1000
      }s] has ${count} steps; at most ${
        limits.maxSubquerySteps
      } are computed: make its range shorter or its step larger`,
    );
  }
  return { startMs, stepMs, count: Math.max(0, count) };
}

/** What was computed step by step, as samples. */
export function samplesOf(
  { labels, values, present }: Column,
  steps: Steps,
): RangeSeries {
  const count = present.reduce((sum, one) => sum + one, 0);
  const timesMs = new Float64Array(count);
  const kept = new Float64Array(count);
  let next = 0;
  for (let step = 0; step < steps.count; step++) {
    if (present[step] === 0) continue;
    timesMs[next] = timeOf(steps, step);
    kept[next] = values[step];
    next += 1;
  }
  return { labels, samples: { timesMs, values: kept } };
}
