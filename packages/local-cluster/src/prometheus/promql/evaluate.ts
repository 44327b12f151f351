import { QueryError } from '../types.ts';
import type { Point, QueryValue, SeriesSource } from '../types.ts';
import type { Expression } from './ast.ts';
import { Budget, defaultLimits } from './budget.ts';
import type { QueryLimits } from './budget.ts';
import type { Column } from './columns.ts';
import { QueryEvaluation } from './evaluate/query-evaluation.ts';
import { Selections } from './evaluate/selections.ts';
import { timeOf } from './evaluate/value.ts';
import type { Steps } from './evaluate/value.ts';
import { SlidingWindow } from './window.ts';
import { compareLabels } from './labels.ts';
import { parse } from './parse/parse.ts';
import { typeNames, typeOf } from './types-check/check.ts';

interface Query {
  expression: string;
  source: SeriesSource;
  limits?: Partial<QueryLimits>;
  /** Milliseconds of a clock that does not jump; for tests. */
  now?: () => number;
}

export interface InstantQuery extends Query {
  atMs: number;
}

export interface RangeQuery extends Query {
  startMs: number;
  endMs: number;
  stepMs: number;
}

function evaluationOf(
  { source, limits, now = () => performance.now() }: Query,
  steps: Steps,
): QueryEvaluation {
  const budget = new Budget({ ...defaultLimits, ...limits }, now);
  const query = {
    startMs: steps.startMs,
    endMs: timeOf(steps, steps.count - 1),
    selections: new Selections(source, budget),
    budget,
  };
  return new QueryEvaluation(query, steps);
}

/** A range vector as it stands: the samples themselves. */
function instantMatrix(
  expression: Expression,
  evaluation: QueryEvaluation,
): QueryValue {
  const { series, rangeMs, endOf } = evaluation.range(expression);
  const result = series.flatMap(({ labels, samples }) => {
    const sliding = new SlidingWindow(samples, rangeMs);
    if (sliding.moveTo(endOf(0)) === 0) return [];
    const { first, end } = sliding.window;
    evaluation.budget.hold(end - first);
    const values: Point[] = [];
    for (let index = first; index < end; index++)
      values.push([samples.timesMs[index], samples.values[index]]);
    return [{ metric: labels, values }];
  });
  result.sort((a, b) => compareLabels(a.metric, b.metric));
  return { resultType: 'matrix', result };
}

/**
 * The value of an expression at one time, in the order Prometheus would give (`sort`, `topk`).
 * @throws QueryError
 */
export function evaluateInstant(query: InstantQuery): QueryValue {
  const { atMs } = query;
  const expression = parse(query.expression);
  const evaluation = evaluationOf(query, {
    startMs: atMs,
    stepMs: 1,
    count: 1,
  });
  if (typeOf(expression) === 'matrix')
    return instantMatrix(expression, evaluation);
  const value = evaluation.value(expression);
  switch (value.type) {
    case 'string':
      return { resultType: 'string', result: [atMs, value.value] };
    case 'scalar':
      return { resultType: 'scalar', result: [atMs, value.values[0]] };
    default:
      return {
        resultType: 'vector',
        result: value.columns.map(({ labels, values }) => ({
          metric: labels,
          value: [atMs, values[0]],
        })),
      };
  }
}

function checkRange({ startMs, endMs, stepMs, limits }: RangeQuery): number {
  const { maxSteps } = { ...defaultLimits, ...limits };
  if (!(stepMs > 0)) {
    throw new QueryError(
      'bad_data',
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  }
  if (!(endMs >= startMs)) {
    throw new QueryError(
      'bad_data',
      'end timestamp must not be before start time',
    );
  }
  const intervals = Math.floor((endMs - startMs) / stepMs);
  if (intervals > maxSteps) {
    throw new QueryError(
      'bad_data',
      `exceeded maximum resolution of ${maxSteps.toLocaleString(
        'en-US',
      )} points per timeseries. Try decreasing the query resolution (?step=XX)`,
    );
  }
  return intervals + 1;
}

function pointsOf({ values, present }: Column, steps: Steps): Point[] {
  const points: Point[] = [];
  for (let step = 0; step < steps.count; step++)
    if (present[step] === 1) points.push([timeOf(steps, step), values[step]]);
  return points;
}

/**
 * The values of an expression from `startMs` to `endMs`, both included when a step falls on them; always a matrix, its series in the
 * order of their labels.
 * @throws QueryError
 */
export function evaluateRange(
  query: RangeQuery,
): Extract<QueryValue, { resultType: 'matrix' }> {
  const expression = parse(query.expression);
  const type = typeOf(expression);
  if (type !== 'vector' && type !== 'scalar') {
    throw new QueryError(
      'bad_data',
      `invalid expression type "${typeNames[type]}" for range query, must be Scalar or instant Vector`,
    );
  }
  const count = checkRange(query);
  const { startMs, stepMs } = query;
  const steps = { startMs, stepMs, count };
  const value = evaluationOf(query, steps).value(expression);
  if (value.type === 'scalar') {
    const present = new Uint8Array(count).fill(1);
    const values = pointsOf(
      { labels: {}, values: value.values, present },
      steps,
    );
    return { resultType: 'matrix', result: [{ metric: {}, values }] };
  }
  const columns = value.type === 'vector' ? value.columns : [];
  const result = columns
    .map(column => ({
      metric: column.labels,
      values: pointsOf(column, steps),
    }))
    .sort((a, b) => compareLabels(a.metric, b.metric));
  return { resultType: 'matrix', result };
}
