import type { Labels } from '../types.ts';

export const METRIC_NAME = '__name__';

/** A label's value, '' without it; safe for labels named `constructor` or `__proto__`. */
export function labelOf(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? labels[name] : '';
}

/** Sorted by name, empty values left out, as series' labels are. */
export function makeLabels(
  entries: Iterable<readonly [string, string]>,
): Labels {
  const sorted = [...entries]
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return Object.freeze(Object.fromEntries(sorted));
}

export const NO_LABELS = makeLabels([]);

export function keepLabels(labels: Labels, names: ReadonlySet<string>): Labels {
  return makeLabels(Object.entries(labels).filter(([name]) => names.has(name)));
}

export function dropLabels(labels: Labels, names: ReadonlySet<string>): Labels {
  return makeLabels(
    Object.entries(labels).filter(([name]) => !names.has(name)),
  );
}

const withoutName = new WeakMap<Labels, Labels>();
const onlyName = new Set([METRIC_NAME]);

/** The labels of most results: what was computed of a metric is not that metric. */
export function dropName(labels: Labels): Labels {
  if (!Object.hasOwn(labels, METRIC_NAME)) return labels;
  let dropped = withoutName.get(labels);
  if (!dropped)
    withoutName.set(labels, (dropped = dropLabels(labels, onlyName)));
  return dropped;
}

const keys = new WeakMap<Labels, string>();

/** Equal for equal labels only. */
export function labelKey(labels: Labels): string {
  let key = keys.get(labels);
  if (key === undefined) keys.set(labels, (key = JSON.stringify(labels)));
  return key;
}

/** As Prometheus orders series: name by name, then value by value. */
export function compareLabels(a: Labels, b: Labels): number {
  const left = Object.entries(a);
  const right = Object.entries(b);
  for (let index = 0; index < left.length && index < right.length; index++) {
    for (const part of [0, 1]) {
      if (left[index][part] !== right[index][part])
        return left[index][part] < right[index][part] ? -1 : 1;
    }
  }
  return left.length - right.length;
}

/** As people write a series: `up{job="a"}`. */
export function formatLabels(labels: Labels): string {
  const rest = Object.entries(labels)
    .filter(([name]) => name !== METRIC_NAME)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${labelOf(labels, METRIC_NAME)}{${rest.join(', ')}}`;
}
