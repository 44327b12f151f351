import type { Samples } from '../evaluate/range-vector.ts';
import { CarriedSum } from '../sums.ts';
import type { Window } from '../window.ts';
import type { RangeFunction } from './types.ts';

/** The straight line with the least squares through a window; `value` is the line's at `atMs`. */
function regression(
  { timesMs, values }: Samples,
  { first, end }: Window,
  atMs: number,
): { slope: number; value: number } {
  const times = new CarriedSum();
  const heights = new CarriedSum();
  const products = new CarriedSum();
  const squares = new CarriedSum();
  let constant = true;
  for (let index = first; index < end; index++) {
    const value = values[index];
    if (index > first && value !== values[first]) constant = false;
    const seconds = (timesMs[index] - atMs) / 1000;
    times.add(seconds);
    heights.add(value);
    products.add(seconds * value);
    squares.add(seconds * seconds);
  }
  if (constant) {
    return Math.abs(values[first]) === Infinity
      ? { slope: NaN, value: NaN }
      : { slope: 0, value: values[first] };
  }
  const count = end - first;
  const covariance = products.total - (times.total * heights.total) / count;
  const variance = squares.total - (times.total * times.total) / count;
  const slope = covariance / variance;
  return {
    slope,
    value: heights.total / count - (slope * times.total) / count,
  };
}

/** Counts the steps from one sample to the next that are of a sort. */
const countSteps =
  (isOne: (from: number, to: number) => boolean) =>
  ({ values }: Samples) =>
  ({ first, end }: Window) => {
    let count = 0;
    for (let index = first + 1; index < end; index++)
      if (isOne(values[index - 1], values[index])) count += 1;
    return count;
  };

const signature = {
  kind: 'range',
  args: ['matrix'],
  returns: 'vector',
} as const;

export const trendFunctions: RangeFunction[] = [
  {
    ...signature,
    name: 'deriv',
    over: samples => window =>
      window.end - window.first < 2
        ? undefined
        : regression(samples, window, samples.timesMs[window.first]).slope,
  },
  {
    ...signature,
    name: 'predict_linear',
    args: ['matrix', 'scalar'],
    over: samples => window => {
      if (window.end - window.first < 2) return undefined;
      const { slope, value } = regression(samples, window, window.stepMs);
      return slope * window.parameter + value;
    },
  },
  {
    ...signature,
    name: 'resets',
    over: countSteps((from, to) => to < from),
  },
  {
    ...signature,
    name: 'changes',
    over: countSteps(
      (from, to) => to !== from && !(Number.isNaN(to) && Number.isNaN(from)),
    ),
  },
];
