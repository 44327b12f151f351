import type { KubeObject, OwnerReference } from '../../types.ts';

export const FOREGROUND = 'foregroundDeletion';
export const ORPHAN = 'orphan';

export interface OwnerFacts {
  reference: OwnerReference;
  /** Whether the object of this very uid exists. */
  exists: boolean;
  /** Whether it is being deleted and waits for its dependents to be gone first. */
  waitsForDependents: boolean;
}

export interface GarbageFacts {
  object: KubeObject;
  owners: OwnerFacts[];
  /** Objects that name this one as an owner. */
  dependents: KubeObject[];
}

export type GarbageDecision =
  | { kind: 'keep' }
  /** Its owners are gone. */
  | { kind: 'delete'; propagation: 'background' | 'foreground' }
  /** Some owners are gone, others are there. */
  | { kind: 'drop-owners'; uids: string[] }
  /** It waits for these to go. */
  | { kind: 'delete-dependents'; dependents: KubeObject[] }
  | { kind: 'orphan-dependents'; dependents: KubeObject[] }
  | { kind: 'drop-finalizer'; finalizer: string };

const blocks = (dependent: KubeObject, owner: KubeObject) =>
  dependent.metadata.ownerReferences?.some(
    ({ uid, blockOwnerDeletion }) =>
      uid === owner.metadata.uid && blockOwnerDeletion,
  ) === true;

/** What the garbage collector has to do about one object. Follows upstream's attemptToDeleteItem. */
export function decideGarbage(facts: GarbageFacts): GarbageDecision {
  const { object, owners, dependents } = facts;
  const { deletionTimestamp, finalizers = [] } = object.metadata;
  if (deletionTimestamp !== undefined) {
    if (finalizers.includes(ORPHAN)) {
      return dependents.length > 0
        ? { kind: 'orphan-dependents', dependents }
        : { kind: 'drop-finalizer', finalizer: ORPHAN };
    }
    if (!finalizers.includes(FOREGROUND)) return { kind: 'keep' };
    const living = dependents.filter(
      one => one.metadata.deletionTimestamp === undefined,
    );
    if (living.length > 0)
      return { kind: 'delete-dependents', dependents: living };
    return dependents.some(one => blocks(one, object))
      ? { kind: 'keep' }
      : { kind: 'drop-finalizer', finalizer: FOREGROUND };
  }
  const gone = owners.filter(
    ({ exists, waitsForDependents }) => !exists || waitsForDependents,
  );
  if (gone.length === 0) return { kind: 'keep' };
  if (gone.length < owners.length) {
    return {
      kind: 'drop-owners',
      uids: gone.map(({ reference }) => reference.uid),
    };
  }
  const awaited = gone.some(({ waitsForDependents }) => waitsForDependents);
  return {
    kind: 'delete',
    propagation: awaited && dependents.length > 0 ? 'foreground' : 'background',
  };
}
