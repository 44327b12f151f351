import type { Labels } from '../types.ts';

/** What was once a value of a label is mostly one again: `default`, `GET`, `200`. */
class Texts {
  readonly #known = new Map<string, string>();

  /** The same text each time, so that it takes memory once. */
  same(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    // Texts of series that are long gone are not worth keeping.
    if (this.#known.size > 20_000) this.#known.clear();
    this.#known.set(text, text);
    return text;
  }
}

const texts = new Texts();

/** Sorted by name, without the empty ones (which mean that there is no such label), frozen. */
export function makeLabels(
  entries: Iterable<readonly [name: string, value: string]>,
): Labels {
  const sorted = [...entries]
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  // By way of JSON because an object so made keeps its fields in 8 bytes each; one filled name by name becomes a hash table.
  const labels: Record<string, string> = JSON.parse(
    JSON.stringify(Object.fromEntries(sorted)),
  );
  for (const name of Object.keys(labels)) {
    labels[name] = texts.same(labels[name]);
  }
  return Object.freeze(labels);
}

/** FNV-1a over names and values, for labels made by `makeLabels`. */
export function hashLabels(labels: Labels): number {
  let hash = 0x811c9dc5;
  for (const name of Object.keys(labels)) {
    hash = hashText(hashText(hash, name), labels[name]);
  }
  return hash >>> 0;
}

function hashText(start: number, text: string): number {
  let hash = start;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return Math.imul(hash ^ 0xff, 0x01000193);
}

export function sameLabels(a: Labels, b: Labels): boolean {
  if (a === b) return true;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(name => a[name] === b[name])
  );
}
