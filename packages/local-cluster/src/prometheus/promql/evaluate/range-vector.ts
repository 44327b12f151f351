import type { At } from '../ast.ts';
import { STALE } from '../../types.ts';
import type { Labels, SelectedSeries } from '../../types.ts';
import { timeOf } from './value.ts';
import type { Steps } from './value.ts';

/** Samples of one series, none of them marks. */
export interface Samples {
  timesMs: Float64Array;
  values: Float64Array;
}

export interface RangeSeries {
  labels: Labels;
  samples: Samples;
}

/** A range vector over all steps: samples once, and where each step's window ends. */
export interface RangeVector {
  series: RangeSeries[];
  rangeMs: number;
  endOf(step: number): number;
}

/** The time a selector looks at, by step. */
export function lookAt(
  node: { offsetMs: number; at?: At },
  steps: Steps,
  query: { startMs: number; endMs: number },
): (step: number) => number {
  const { at, offsetMs } = node;
  if (!at) return step => timeOf(steps, step) - offsetMs;
  let timeMs: number;
  if ('timeMs' in at) timeMs = at.timeMs;
  else timeMs = at.end === 'start' ? query.startMs : query.endMs;
  return () => timeMs - offsetMs;
}

/** Without the marks of where the series ended. The arrays are changed in place. */
export function withoutStale(series: SelectedSeries): RangeSeries {
  const { labels, timesMs, values } = series;
  let kept = values.indexOf(STALE);
  if (kept < 0) return { labels, samples: { timesMs, values } };
  for (let index = kept; index < values.length; index++) {
    if (values[index] === STALE) continue;
    timesMs[kept] = timesMs[index];
    values[kept] = values[index];
    kept += 1;
  }
  return {
    labels,
    samples: {
      timesMs: timesMs.subarray(0, kept),
      values: values.subarray(0, kept),
    },
  };
}
