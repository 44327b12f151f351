import { STALE } from '../../types.ts';
import type { SelectedSeries } from '../../types.ts';
import type { Budget } from '../budget.ts';
import { ColumnBuilder } from '../columns.ts';
import type { Column } from '../columns.ts';
import type { Steps } from './value.ts';

/** How old a sample may be to still be a series' value. */
export const LOOKBACK_MS = 5 * 60_000;

/** The index of the last sample at or before a time, asked for times that mostly ascend; -1 when there is none. */
function lastBefore(times: Float64Array): (timeMs: number) => number {
  let next = 0;
  return timeMs => {
    if (next > 0 && times[next - 1] > timeMs) next = 0;
    while (next < times.length && times[next] <= timeMs) next += 1;
    return next - 1;
  };
}

/** A selector's value at each step: the last sample, unless it is too old or the series ended. */
export function instantVector(
  selected: readonly SelectedSeries[],
  lookAt: (step: number) => number,
  steps: Steps,
  budget: Budget,
  what: 'values' | 'times',
): Column[] {
  const builder = new ColumnBuilder(steps.count, budget);
  for (const { labels, timesMs, values } of selected) {
    budget.work(values.length + steps.count);
    const column = builder.column(labels);
    const last = lastBefore(timesMs);
    for (let step = 0; step < steps.count; step++) {
      const timeMs = lookAt(step);
      const index = last(timeMs);
      if (index < 0 || timesMs[index] < timeMs - LOOKBACK_MS) continue;
      if (values[index] === STALE) continue;
      const value = what === 'values' ? values[index] : timesMs[index] / 1000;
      builder.put(column, step, value);
    }
  }
  return builder.finish();
}

/** The earliest and the latest time a selector looks at. */
export function extent(
  lookAt: (step: number) => number,
  steps: Steps,
): [fromMs: number, toMs: number] {
  return [lookAt(0), lookAt(steps.count - 1)];
}
