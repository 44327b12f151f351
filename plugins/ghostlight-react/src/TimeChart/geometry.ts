import type { ChartWindow } from './types';
import type { ValueScale } from './valueScale';

/** Room around the plot, the same for all charts so that their time axes are in line. */
export const margin = { top: 14, right: 36, bottom: 22, left: 58 };

export interface Geometry {
  width: number;
  height: number;
  plotWidth: number;
  plotHeight: number;
  /** From the left of the chart, pixels. */
  xOf: (at: number) => number;
  /** From the top of the chart, pixels. */
  yOf: (value: number) => number;
  /** The time at a place, held within the window. */
  timeAt: (x: number) => number;
}

export function geometryOf(
  width: number,
  height: number,
  window: ChartWindow,
  scale: ValueScale,
): Geometry {
  const plotWidth = Math.max(1, width - margin.left - margin.right);
  const plotHeight = height - margin.top - margin.bottom;
  const seconds = Math.max(1, window.to - window.from);
  return {
    width,
    height,
    plotWidth,
    plotHeight,
    xOf: at => margin.left + ((at - window.from) / seconds) * plotWidth,
    yOf: value =>
      margin.top +
      (1 - (value - scale.low) / (scale.high - scale.low)) * plotHeight,
    timeAt: x =>
      window.from +
      Math.min(1, Math.max(0, (x - margin.left) / plotWidth)) * seconds,
  };
}

/** Position of the time nearest to `at` in an ascending list; -1 in an empty one. */
export function nearest(times: readonly number[], at: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low > 0 && at - times[low - 1] <= times[low] - at ? low - 1 : high;
}
