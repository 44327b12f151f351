import { isDeepStrictEqual } from 'node:util';
import type { PodTemplate } from '../workloads.ts';

export const HASH_LABEL = 'pod-template-hash';

/** Upstream's alphabet: no vowels and nothing that looks like another. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** JSON with sorted keys: the same template gives the same text, however it was written. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** FNV-1a over 32 bits, as upstream; the text that is hashed is our own, so the values differ from upstream's. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) {
    hash ^= byte;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash;
}

/** @param collisionCount - raised when another ReplicaSet has this name by chance */
export function templateHash(
  template: PodTemplate,
  collisionCount: number,
): string {
  const hash = fnv1a(
    `${canonical(template)}${collisionCount > 0 ? collisionCount : ''}`,
  );
  return [...String(hash)]
    .map(digit => LETTERS[digit.charCodeAt(0) % LETTERS.length])
    .join('');
}

function withoutHash(template: PodTemplate): unknown {
  const { labels, ...metadata } = template.metadata;
  const own = Object.entries(labels).filter(([key]) => key !== HASH_LABEL);
  return {
    ...template,
    metadata: { ...metadata, labels: Object.fromEntries(own) },
  };
}

/** Whether two templates make the same pods, but for the hash label. */
export function sameTemplate(a: PodTemplate, b: PodTemplate): boolean {
  return isDeepStrictEqual(
    JSON.parse(canonical(withoutHash(a))),
    JSON.parse(canonical(withoutHash(b))),
  );
}
