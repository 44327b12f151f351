import { randomInt } from 'node:crypto';
import type { KubeObject, ObjectMeta } from '../types.ts';

// The alphabet Kubernetes uses: no vowels (no words), nothing that looks like another.
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** A name from `generateName`: at most 63 characters, so that it is a label too. */
export function randomName(prefix: string): string {
  const suffix = Array.from(
    { length: 5 },
    () => NAME_LETTERS[randomInt(NAME_LETTERS.length)],
  ).join('');
  return `${prefix.slice(0, 58)}${suffix}`;
}

const IDENTITY = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
]);

/** The given metadata with the identity it had; a deletion once asked for is not taken back. */
export function keepIdentity(given: ObjectMeta, kept: ObjectMeta): ObjectMeta {
  const { deletionTimestamp, deletionGracePeriodSeconds } = kept;
  return {
    ...(deletionTimestamp === undefined
      ? {}
      : { deletionTimestamp, deletionGracePeriodSeconds }),
    ...Object.fromEntries(
      Object.entries(given).filter(([field]) => !IDENTITY.has(field)),
    ),
    name: kept.name,
    uid: kept.uid,
    resourceVersion: kept.resourceVersion,
    creationTimestamp: kept.creationTimestamp,
    ...(kept.namespace === undefined ? {} : { namespace: kept.namespace }),
    ...(kept.generation === undefined ? {} : { generation: kept.generation }),
  };
}

function hasSpecFinalizers(spec: unknown): boolean {
  return (
    typeof spec === 'object' &&
    spec !== null &&
    'finalizers' in spec &&
    Array.isArray(spec.finalizers) &&
    spec.finalizers.length > 0
  );
}

/** An object marked for deletion stays while somebody still has to act on it. */
export function isHeld(object: KubeObject): boolean {
  const { finalizers, deletionGracePeriodSeconds } = object.metadata;
  return (
    (finalizers ?? []).length > 0 ||
    (deletionGracePeriodSeconds ?? 0) > 0 ||
    (object.kind === 'Namespace' && hasSpecFinalizers(object.spec))
  );
}
