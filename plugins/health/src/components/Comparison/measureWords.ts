import {
  formatMeasure,
  formatNumber,
} from '@ghostlight/plugin-ghostlight-react';
import type { ComparedMetric } from '@ghostlight/plugin-health-common';

type Unit = ComparedMetric['unit'];

/** A value before or after: `84 ms`. */
export function valueWords(value: number | undefined, unit: Unit): string {
  return value === undefined ? 'no data' : formatMeasure(value, unit);
}

/** How far it moved: `+3 ms`. Shares differ by percentage points. */
export function differenceWords(value: number, unit: Unit): string {
  const size = Math.abs(value);
  const words = {
    ratio: () => `${formatNumber(size * 100)} points`,
    ms: () => formatMeasure(size, unit),
    'per-second': () => formatMeasure(size, unit),
    // Below a thousandth nothing was measured.
    cores: () => `${formatNumber(Math.round(size * 1000) / 1000)} cores`,
    bytes: () => formatMeasure(size, unit),
  }[unit]();
  if (/^0 /.test(words)) {
    return words;
  }
  return `${value < 0 ? '−' : '+'}${words}`;
}

/** `+3 ms (−4 ms to +10 ms)`; undefined where there is nothing to compare. */
export function changeWords(metric: ComparedMetric): string | undefined {
  const { difference, interval, unit } = metric;
  if (difference === undefined) {
    return undefined;
  }
  const words = differenceWords(difference, unit);
  return interval
    ? `${words} (${differenceWords(interval[0], unit)} to ${differenceWords(
        interval[1],
        unit,
      )})`
    : words;
}
