import { formatNumber } from './formatNumber';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A duration in its one or two largest units: `84 ms`, `3.1 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  if (ms < second) {
    return `${formatNumber(ms)} ms`;
  }
  if (ms < minute) {
    const tenths = Math.floor(ms / 100) / 10;
    return `${formatNumber(ms < 10 * second ? tenths : Math.floor(tenths))} s`;
  }
  if (ms < hour) {
    return `${Math.floor(ms / minute)} min`;
  }
  if (ms < day) {
    return pair(ms, hour, 'h', minute, 'min');
  }
  return pair(ms, day, 'd', hour, 'h');
}

function pair(
  ms: number,
  large: number,
  largeUnit: string,
  small: number,
  smallUnit: string,
): string {
  const big = Math.floor(ms / large);
  const rest = Math.floor((ms % large) / small);
  return rest === 0 || big >= 10
    ? `${big} ${largeUnit}`
    : `${big} ${largeUnit} ${rest} ${smallUnit}`;
}
