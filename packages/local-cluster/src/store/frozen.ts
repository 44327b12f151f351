import type { KubeObject } from '../types.ts';

/** Freezes an object parsed from JSON and all it holds: a reader that changed it would corrupt every other reader. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) freeze(inner);
  Object.freeze(value);
}

const texts = new WeakMap<KubeObject, string>();

/** Parses stored JSON into an immutable object that remembers its text. */
export function parseFrozen(text: string): KubeObject {
  const object: KubeObject = JSON.parse(text);
  freeze(object);
  texts.set(object, text);
  return object;
}

/** The JSON text of an object; objects of the store are not serialised a second time. */
export function textOf(object: KubeObject): string {
  return texts.get(object) ?? JSON.stringify(object);
}
