import type { Samples } from '../evaluate/range-vector.ts';
import type { Window } from '../window.ts';
import type { RangeFunction } from './types.ts';

const signature = {
  kind: 'range',
  args: ['matrix'],
  returns: 'vector',
} as const;

/** Where a counter is below its sample before: it began anew. */
function resetsOf(values: Float64Array): number[] {
  const resets: number[] = [];
  for (let index = 1; index < values.length; index++)
    if (values[index] < values[index - 1]) resets.push(index);
  return resets;
}

/** The difference of the window's ends, made as long as the window (`extrapolatedRate` of Prometheus 2.42). */
function extrapolated(
  samples: Samples,
  { isCounter, isRate }: { isCounter: boolean; isRate: boolean },
): (window: Window) => number | undefined {
  const { timesMs, values } = samples;
  const resets = isCounter ? resetsOf(values) : [];
  let nextReset = 0;

  return ({ first, end, startMs, endMs, rangeMs }) => {
    const last = end - 1;
    if (last <= first) return undefined;
    let difference = values[last] - values[first];
    if (nextReset > 0 && resets[nextReset - 1] > first) nextReset = 0;
    while (nextReset < resets.length && resets[nextReset] <= first)
      nextReset += 1;
    for (
      let index = nextReset;
      index < resets.length && resets[index] <= last;
      index++
    )
      difference += values[resets[index] - 1];

    let toStart = (timesMs[first] - startMs) / 1000;
    const toEnd = (endMs - timesMs[last]) / 1000;
    const sampled = (timesMs[last] - timesMs[first]) / 1000;
    const spacing = sampled / (last - first);
    if (isCounter && difference > 0 && values[first] >= 0) {
      // A counter was never below zero: no further back than where it would have been zero.
      const toZero = sampled * (values[first] / difference);
      if (toZero < toStart) toStart = toZero;
    }
    const threshold = spacing * 1.1;
    let length = sampled;
    length += toStart < threshold ? toStart : spacing / 2;
    length += toEnd < threshold ? toEnd : spacing / 2;
    let factor = length / sampled;
    if (isRate) factor /= rangeMs / 1000;
    return difference * factor;
  };
}

/** Between the last two samples only. */
function instantly(
  { timesMs, values }: Samples,
  isRate: boolean,
): (window: Window) => number | undefined {
  return ({ first, end }) => {
    const last = end - 1;
    if (last <= first) return undefined;
    const elapsedMs = timesMs[last] - timesMs[last - 1];
    if (elapsedMs === 0) return undefined;
    const wasReset = isRate && values[last] < values[last - 1];
    const difference = wasReset
      ? values[last]
      : values[last] - values[last - 1];
    return isRate ? difference / (elapsedMs / 1000) : difference;
  };
}

export const rateFunctions: RangeFunction[] = [
  {
    ...signature,
    name: 'rate',
    over: samples => extrapolated(samples, { isCounter: true, isRate: true }),
  },
  {
    ...signature,
    name: 'increase',
    over: samples => extrapolated(samples, { isCounter: true, isRate: false }),
  },
  {
    ...signature,
    name: 'delta',
    over: samples => extrapolated(samples, { isCounter: false, isRate: false }),
  },
  {
    ...signature,
    name: 'irate',
    over: samples => instantly(samples, true),
  },
  {
    ...signature,
    name: 'idelta',
    over: samples => instantly(samples, false),
  },
];
