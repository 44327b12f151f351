import {
  formatBytes,
  formatCores,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
} from '../format';
import type { ChartUnit } from './types';

const formats: Record<ChartUnit, (value: number) => string> = {
  ratio: formatPercent,
  ms: formatDuration,
  'per-second': value => `${formatNumber(value)}/s`,
  cores: formatCores,
  bytes: formatBytes,
  count: formatCount,
};

/** Units that the title of a chart names, so that its axis need not. */
const bareOnAxis: ChartUnit[] = ['per-second', 'cores', 'count'];

/** A value with its unit, at most three significant figures: `84 ms`, `0.21 %`, `24.1/s`. */
export function formatMeasure(value: number, unit: ChartUnit): string {
  return formats[unit](value);
}

/** A value beside a tick: short, never on two lines, and a plain 0. */
export function formatTick(value: number, unit: ChartUnit): string {
  if (value === 0) {
    return '0';
  }
  return bareOnAxis.includes(unit)
    ? formatNumber(value)
    : formatMeasure(value, unit).replaceAll(' ', '\u00a0');
}
