import type { Labels } from '../../types.ts';
import { STALE } from '../../types.ts';
import { makeLabels } from '../labels.ts';
import { parseSelector } from '../parse/parse.ts';

/** A series as promtool's tests write it: `up{job="a"}` and `0+10x5 _ _ stale 3`. */
export interface InputSeries {
  series: string;
  values: string;
}

/** A series with its samples, from time 0 in equal intervals; those left out are not there. */
export interface StoredSeries {
  labels: Labels;
  timesMs: number[];
  values: number[];
}

function numberOf(text: string): number {
  if (text === 'stale') return STALE;
  const [, sign, word] = /^([+-]?)(.*)$/.exec(text) ?? [];
  const value = /^inf$/i.test(word) ? Infinity : Number(word);
  return sign === '-' ? -value : value;
}

/** The values one item stands for; undefined for those left out. */
function itemOf(item: string): (number | undefined)[] {
  const omitted = /^_(?:x(\d+))?$/.exec(item);
  if (omitted)
    return new Array<undefined>(Number(omitted[1] ?? 1)).fill(undefined);
  const repeated =
    /^([+-]?[\w.]+?(?:e-\d+)?)([+-][\d.]+(?:e-?\d+)?)?x(\d+)$/.exec(item);
  if (!repeated) return [numberOf(item)];
  const [, first, by = '0', times] = repeated;
  const values: number[] = [];
  // promtool adds again and again, rounding each time, and so must we.
  for (
    let count = 0, value = numberOf(first);
    count <= Number(times);
    count++, value += Number(by)
  )
    values.push(value);
  return values;
}

/** Reads promtool's notation. */
export function expand(
  { series, values }: InputSeries,
  intervalMs: number,
): StoredSeries {
  const labels = makeLabels(
    parseSelector(series).map(({ name, value }) => [name, value]),
  );
  const stored: StoredSeries = { labels, timesMs: [], values: [] };
  values
    .split(/\s+/)
    .flatMap(itemOf)
    .forEach((value, index) => {
      if (value === undefined) return;
      stored.timesMs.push(index * intervalMs);
      stored.values.push(value);
    });
  return stored;
}
