import type { ValueType } from '../ast.ts';
import { goMax, goMin } from '../go-math.ts';
import type { ElementFunction } from './types.ts';

const element = (
  name: string,
  apply: ElementFunction['apply'],
  parameters: ValueType[] = [],
): ElementFunction => ({
  kind: 'element',
  name,
  args: ['vector', ...parameters],
  returns: 'vector',
  apply,
});

/** A time of the calendar, in UTC, of Unix seconds. */
const calendar = (
  name: string,
  read: (date: Date) => number,
): ElementFunction => ({
  ...element(name, seconds => read(new Date(Math.trunc(seconds) * 1000))),
  optional: 1,
});

const DAY_MS = 86_400_000;

function dayOfYear(date: Date): number {
  const year = date.getUTCFullYear();
  const days = Date.UTC(year, date.getUTCMonth(), date.getUTCDate());
  return (days - Date.UTC(year, 0, 1)) / DAY_MS + 1;
}

function daysInMonth(date: Date): number {
  const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0);
  return new Date(next).getUTCDate();
}

/** Ties go up. The inverse is Prometheus' way, with its rounding. */
function roundTo(value: number, nearest = 1): number {
  const inverse = 1 / nearest;
  return Math.floor(value * inverse + 0.5) / inverse;
}

export const elementFunctions: ElementFunction[] = [
  element('abs', Math.abs),
  element('ceil', Math.ceil),
  element('floor', Math.floor),
  element('exp', Math.exp),
  element('ln', Math.log),
  element('log2', Math.log2),
  element('log10', Math.log10),
  element('sqrt', Math.sqrt),
  element('sgn', Math.sign),
  { ...element('round', roundTo, ['scalar']), optional: 1 },
  element(
    'clamp',
    (value, least, most) =>
      most < least ? undefined : goMax(least, goMin(most, value)),
    ['scalar', 'scalar'],
  ),
  element('clamp_min', (value, least) => goMax(least, value), ['scalar']),
  element('clamp_max', (value, most) => goMin(most, value), ['scalar']),
  element('sin', Math.sin),
  element('cos', Math.cos),
  element('tan', Math.tan),
  element('asin', Math.asin),
  element('acos', Math.acos),
  element('atan', Math.atan),
  element('sinh', Math.sinh),
  element('cosh', Math.cosh),
  element('tanh', Math.tanh),
  element('asinh', Math.asinh),
  element('acosh', Math.acosh),
  element('atanh', Math.atanh),
  element('rad', degrees => (degrees * Math.PI) / 180),
  element('deg', radians => (radians * 180) / Math.PI),
  calendar('minute', date => date.getUTCMinutes()),
  calendar('hour', date => date.getUTCHours()),
  calendar('day_of_week', date => date.getUTCDay()),
  calendar('day_of_month', date => date.getUTCDate()),
  calendar('day_of_year', dayOfYear),
  calendar('days_in_month', daysInMonth),
  calendar('month', date => date.getUTCMonth() + 1),
  calendar('year', date => date.getUTCFullYear()),
];
