import type { MetricPoint, MetricRange } from '../../types';

/** The value of a series at each time of a range; undefined where it has none. */
export function onGrid(
  points: MetricPoint[] | undefined,
  range: MetricRange,
): MetricPoint[] {
  const values = new Map(points);
  const from = Date.parse(range.from);
  const count = Math.floor((Date.parse(range.to) - from) / range.stepMs) + 1;
  return Array.from({ length: count }, (_, index) => {
    // Prometheus counts from the beginning in whole milliseconds, as this does.
    const at = from + Math.round(index * range.stepMs);
    return [at, values.get(at)];
  });
}

/** Two series on one grid, value by value. */
export function zip(
  a: MetricPoint[],
  b: MetricPoint[],
  combine: (a: number | undefined, b: number | undefined) => number | undefined,
): MetricPoint[] {
  return a.map(([at, value], index) => [at, combine(value, b[index]?.[1])]);
}
