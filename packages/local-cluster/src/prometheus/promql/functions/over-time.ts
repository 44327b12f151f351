import { CarriedSum, keepsInfiniteMean, quantileOf } from '../sums.ts';
import type { RangeFunction } from './types.ts';

type Fold = (values: Float64Array, first: number, end: number) => number;

const overTime = (name: string, fold: Fold): RangeFunction => ({
  kind: 'range',
  name: `${name}_over_time`,
  args: ['matrix'],
  returns: 'vector',
  over:
    ({ values }) =>
    ({ first, end }) =>
      fold(values, first, end),
});

const average: Fold = (values, first, end) => {
  const mean = new CarriedSum();
  for (let index = first; index < end; index++) {
    const count = index - first + 1;
    const value = values[index];
    if (keepsInfiniteMean(mean.sum, value)) continue;
    mean.add(value / count - mean.sum / count);
  }
  return mean.finiteTotal;
};

const sum: Fold = (values, first, end) => {
  const total = new CarriedSum();
  for (let index = first; index < end; index++) total.add(values[index]);
  return total.finiteTotal;
};

/** Welford's way with carried sums. */
const variance: Fold = (values, first, end) => {
  const mean = new CarriedSum();
  const squares = new CarriedSum();
  for (let index = first; index < end; index++) {
    const value = values[index];
    const delta = value - mean.total;
    mean.add(delta / (index - first + 1));
    squares.add(delta * (value - mean.total));
  }
  return squares.total / (end - first);
};

const least: Fold = (values, first, end) => {
  let found = values[first];
  for (let index = first; index < end; index++)
    if (values[index] < found || Number.isNaN(found)) found = values[index];
  return found;
};

const greatest: Fold = (values, first, end) => {
  let found = values[first];
  for (let index = first; index < end; index++)
    if (values[index] > found || Number.isNaN(found)) found = values[index];
  return found;
};

export const overTimeFunctions: RangeFunction[] = [
  overTime('avg', average),
  overTime('min', least),
  overTime('max', greatest),
  overTime('sum', sum),
  overTime('count', (_, first, end) => end - first),
  overTime('stdvar', variance),
  overTime('stddev', (values, first, end) =>
    Math.sqrt(variance(values, first, end)),
  ),
  overTime('present', () => 1),
  {
    ...overTime('last', (values, _, end) => values[end - 1]),
    keepsName: true,
  },
  {
    kind: 'range',
    name: 'quantile_over_time',
    args: ['scalar', 'matrix'],
    returns: 'vector',
    over:
      ({ values }) =>
      ({ first, end, parameter }) =>
        quantileOf(parameter, values.slice(first, end)),
  },
];
