import { STALE } from '../types.ts';
import type { SampleSink } from './read-chunk.ts';

const COUNTER = /_(?:total|count|sum|bucket)$/;

/** Whether a metric only grows, by the names that all exporters keep to. */
export const isCounter = (metric: string) => COUNTER.test(metric);

/**
 * Leaves the last sample of each slot of time, and what a graph or a rate would miss: both sides of a stale mark, and of a
 * counter both sides of a reset. Works in place.
 */
export function thin(
  sink: SampleSink,
  slotMs: number,
  keepResets: boolean,
): void {
  const { timesMs, values, length } = sink;
  let kept = 0;
  for (let i = 0; i < length; i += 1) {
    const last = i === length - 1;
    const keep =
      i === 0 ||
      last ||
      Math.floor(timesMs[i] / slotMs) !== Math.floor(timesMs[i + 1] / slotMs) ||
      values[i] === STALE ||
      values[i + 1] === STALE ||
      values[i - 1] === STALE ||
      (keepResets && (values[i + 1] < values[i] || values[i] < values[i - 1]));
    if (!keep) continue;
    timesMs[kept] = timesMs[i];
    values[kept] = values[i];
    kept += 1;
  }
  sink.length = kept;
}
