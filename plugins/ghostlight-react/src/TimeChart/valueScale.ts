import type { ChartUnit } from './types';

export interface ValueScale {
  low: number;
  high: number;
  ticks: number[];
}

/** Steps between ticks at most; a small chart has no room for more. */
const mostSteps = 4;

/**
 * An axis that holds all values, begins at 0 (unless values are below it) and
 * has ticks at round figures. Bytes are round in powers of two, all else in
 * 1, 2 and 5.
 */
export function valueScale(
  values: readonly number[],
  unit: ChartUnit,
  atLeast: number = 0,
): ValueScale {
  let lowest = 0;
  let highest = atLeast;
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  if (highest === lowest) {
    highest = lowest + 1;
  }
  const rough = (highest - lowest) / mostSteps;
  const step = unit === 'bytes' ? binaryStep(rough) : decimalStep(rough, unit);
  const first = Math.floor(lowest / step);
  // A hair above a tick is on it: 0.3 / 0.1 is not 3.
  const last = Math.ceil(highest / step - 1e-9);
  return {
    low: first * step,
    high: last * step,
    ticks: Array.from({ length: last - first + 1 }, (_, n) =>
      Number(((first + n) * step).toPrecision(12)),
    ),
  };
}

function binaryStep(rough: number): number {
  return 2 ** Math.ceil(Math.log2(rough));
}

function decimalStep(rough: number, unit: ChartUnit): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    ([1, 2, 5].find(m => m * power >= rough * (1 - 1e-9)) ?? 10) * power;
  return unit === 'count' ? Math.max(1, step) : step;
}
