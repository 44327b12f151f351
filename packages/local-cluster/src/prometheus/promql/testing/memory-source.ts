import type { SeriesSource } from '../../types.ts';
import { compareLabels } from '../labels.ts';
import { compileMatchers } from '../matchers.ts';
import type { StoredSeries } from './notation.ts';

/** Series in memory, in the order of their labels. */
export function memorySource(series: readonly StoredSeries[]): SeriesSource {
  const ordered = series.toSorted((a, b) => compareLabels(a.labels, b.labels));
  return {
    select(matchers, fromMs, toMs) {
      const matches = compileMatchers(matchers);
      return ordered.flatMap(({ labels, timesMs, values }) => {
        if (!matches(labels)) return [];
        const within = timesMs.flatMap((timeMs, index) =>
          timeMs > fromMs && timeMs <= toMs ? [index] : [],
        );
        if (within.length === 0) return [];
        return [
          {
            labels,
            timesMs: Float64Array.from(within, index => timesMs[index]),
            values: Float64Array.from(within, index => values[index]),
          },
        ];
      });
    },
  };
}
