import { keepsInfiniteMean, quantileOf } from '../sums.ts';
import type { FoldAggregation } from './types.ts';

const fold = (
  name: string,
  compute: FoldAggregation['fold'],
): FoldAggregation => ({ kind: 'fold', name, fold: compute });

/** Plain sum in the series' order: Prometheus 2.42 carries no error along here. */
function sum(values: Float64Array): number {
  let total = values[0];
  for (let index = 1; index < values.length; index++) total += values[index];
  return total;
}

function average(values: Float64Array): number {
  let mean = values[0];
  for (let index = 1; index < values.length; index++) {
    const count = index + 1;
    if (keepsInfiniteMean(mean, values[index])) continue;
    mean += values[index] / count - mean / count;
  }
  return mean;
}

function least(values: Float64Array): number {
  let found = values[0];
  for (const value of values)
    if (found > value || Number.isNaN(found)) found = value;
  return found;
}

function greatest(values: Float64Array): number {
  let found = values[0];
  for (const value of values)
    if (found < value || Number.isNaN(found)) found = value;
  return found;
}

/** Welford's way. */
function variance(values: Float64Array): number {
  let mean = values[0];
  let squares = 0;
  for (let index = 1; index < values.length; index++) {
    const delta = values[index] - mean;
    mean += delta / (index + 1);
    squares += delta * (values[index] - mean);
  }
  return squares / values.length;
}

export const foldAggregations: FoldAggregation[] = [
  fold('sum', sum),
  fold('avg', average),
  fold('min', least),
  fold('max', greatest),
  fold('count', values => values.length),
  fold('group', () => 1),
  fold('stdvar', variance),
  fold('stddev', values => Math.sqrt(variance(values))),
  {
    ...fold('quantile', (values, quantile) => quantileOf(quantile, values)),
    parameter: 'scalar',
  },
];
