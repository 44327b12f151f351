import type {
  Clock,
  KubeObject,
  OwnerReference,
  Running,
  Store,
  WatchEvent,
} from '../../types.ts';
import { deleteObject } from '../delete-object.ts';
import {
  CLUSTER_KINDS,
  keyOf,
  keyOfText,
  NAMESPACED_KINDS,
  textOfKey,
} from '../kinds.ts';
import { WorkQueue } from '../work-queue.ts';
import {
  decideGarbage,
  FOREGROUND,
  type GarbageDecision,
  type OwnerFacts,
} from './decide.ts';

const isKind = (
  { apiVersion, kind }: OwnerReference,
  one: { apiVersion: string; kind: string },
) => apiVersion === one.apiVersion && kind === one.kind;

/** Deletes what nobody owns any more. */
export class GarbageCollector implements Running {
  readonly #store: Store;
  readonly #queue: WorkQueue;
  readonly #unwatch: (() => void)[];
  /** Keys of the objects that name an owner, by its uid. */
  readonly #dependents = new Map<string, Set<string>>();

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#queue = new WorkQueue({
      name: 'garbage',
      clock,
      work: key => this.#collect(key),
    });
    this.#unwatch = NAMESPACED_KINDS.map(kind =>
      store.watch(kind, event => this.#see(event)),
    );
    for (const kind of NAMESPACED_KINDS) {
      for (const object of store.list(kind).items)
        this.#see({ type: 'ADDED', object });
    }
  }

  async stop(): Promise<void> {
    for (const unwatch of this.#unwatch) unwatch();
    this.#queue.stop();
  }

  #see({ type, object, previous }: WatchEvent): void {
    const key = textOfKey(keyOf(object));
    const owners = object.metadata.ownerReferences ?? [];
    for (const { uid } of previous?.metadata.ownerReferences ?? [])
      this.#dependents.get(uid)?.delete(key);
    if (type === 'DELETED') {
      const { uid } = object.metadata;
      for (const owner of owners) this.#dependents.get(owner.uid)?.delete(key);
      for (const dependent of this.#dependents.get(uid) ?? [])
        this.#queue.add(dependent);
      this.#dependents.delete(uid);
      // An owner may have waited for this one to go.
      for (const owner of owners)
        this.#queue.add(this.#keyOfOwner(object, owner));
      return;
    }
    for (const { uid } of owners) {
      const known = this.#dependents.get(uid);
      if (known) known.add(key);
      else this.#dependents.set(uid, new Set([key]));
    }
    const { deletionTimestamp, finalizers } = object.metadata;
    if (owners.length > 0 || (deletionTimestamp && finalizers?.length))
      this.#queue.add(key);
  }

  #keyOfOwner(object: KubeObject, owner: OwnerReference): string {
    const { apiVersion, kind, name } = owner;
    const namespace = CLUSTER_KINDS.some(one => isKind(owner, one))
      ? undefined
      : object.metadata.namespace;
    return textOfKey({ apiVersion, kind, namespace, name });
  }

  #owner(object: KubeObject, reference: OwnerReference): OwnerFacts {
    const found = this.#store.get(
      keyOfText(this.#keyOfOwner(object, reference)),
    );
    // Of a kind that is not known here nobody can say that it is gone.
    const known = [...NAMESPACED_KINDS, ...CLUSTER_KINDS].some(one =>
      isKind(reference, one),
    );
    const exists = !known || found?.metadata.uid === reference.uid;
    return {
      reference,
      exists,
      waitsForDependents:
        exists &&
        found?.metadata.deletionTimestamp !== undefined &&
        found.metadata.finalizers?.includes(FOREGROUND) === true,
    };
  }

  #collect(text: string): void {
    const object = this.#store.get(keyOfText(text));
    if (!object) return;
    const { uid, ownerReferences = [] } = object.metadata;
    const decision = decideGarbage({
      object,
      owners: ownerReferences.map(reference => this.#owner(object, reference)),
      dependents: [...(this.#dependents.get(uid) ?? [])]
        .map(key => this.#store.get(keyOfText(key)))
        .filter(one => one !== undefined)
        .filter(one =>
          one.metadata.ownerReferences?.some(owner => owner.uid === uid),
        ),
    });
    this.#act(object, decision);
    // One thing at a time; what it leads to is decided from how things are then.
    if (
      decision.kind === 'orphan-dependents' ||
      decision.kind === 'drop-owners'
    )
      this.#queue.add(text);
  }

  #act(object: KubeObject, decision: GarbageDecision): void {
    switch (decision.kind) {
      case 'delete':
        deleteObject(this.#store, object, decision.propagation);
        break;
      case 'drop-owners':
        this.#dropOwners(object, decision.uids);
        break;
      case 'delete-dependents':
        for (const dependent of decision.dependents)
          this.#queue.add(textOfKey(keyOf(dependent)));
        break;
      case 'orphan-dependents':
        for (const dependent of decision.dependents)
          this.#dropOwners(dependent, [object.metadata.uid]);
        break;
      case 'drop-finalizer':
        this.#store.modify(keyOf(object), current => ({
          ...current,
          metadata: {
            ...current.metadata,
            finalizers: current.metadata.finalizers?.filter(
              finalizer => finalizer !== decision.finalizer,
            ),
          },
        }));
        break;
      default:
    }
  }

  #dropOwners(object: KubeObject, uids: string[]): void {
    this.#store.modify(keyOf(object), current => ({
      ...current,
      metadata: {
        ...current.metadata,
        ownerReferences: current.metadata.ownerReferences?.filter(
          ({ uid }) => !uids.includes(uid),
        ),
      },
    }));
  }
}
