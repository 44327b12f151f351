import type { ChartSeries, ChartWindow } from './types';

/** All values of one moment, in the order of the series. */
export interface PlotRow {
  at: number;
  values: (number | null)[];
  bands: ([low: number, high: number] | null)[];
}

/**
 * Series side by side. A step that is missing altogether becomes a row without
 * values, so that no line is drawn across it.
 */
export function plotRows(
  series: readonly ChartSeries[],
  window: ChartWindow,
): PlotRow[] {
  const rows = new Map<number, PlotRow>();
  const rowOf = (at: number): PlotRow => {
    const row = rows.get(at) ?? {
      at,
      values: series.map(() => null),
      bands: series.map(() => null),
    };
    rows.set(at, row);
    return row;
  };
  series.forEach(({ points, band = [] }, n) => {
    for (const [at, value] of points) {
      if (at >= window.from && at <= window.to) {
        rowOf(at).values[n] = value;
      }
    }
    for (const [at, low, high] of band) {
      if (at >= window.from && at <= window.to) {
        rowOf(at).bands[n] = low === null || high === null ? null : [low, high];
      }
    }
  });
  const ordered = [...rows.values()].sort((a, b) => a.at - b.at);
  return ordered.flatMap((row, n) => {
    const before = ordered[n - 1];
    return before && row.at - before.at > window.stepSeconds * 1.5
      ? [emptyRow((before.at + row.at) / 2, series.length), row]
      : [row];
  });
}

function emptyRow(at: number, length: number): PlotRow {
  return {
    at,
    values: Array.from({ length }, () => null),
    bands: Array.from({ length }, () => null),
  };
}
