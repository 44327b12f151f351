import type { Clock, KubeObject, Running, Store } from '../../types.ts';
import { deleteObject } from '../delete-object.ts';
import { EVENT, keyOf, NAMESPACE, NAMESPACED_KINDS } from '../kinds.ts';
import { WorkQueue } from '../work-queue.ts';
import { decideNamespace } from './decide.ts';

/** Empties a namespace that is being deleted, and lets it go when nothing is left in it. */
export class NamespaceController implements Running {
  readonly #store: Store;
  readonly #queue: WorkQueue;
  readonly #unwatch: (() => void)[];

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#queue = new WorkQueue({
      name: 'namespace',
      clock,
      work: name => this.#reconcile(name),
    });
    const add = (object: KubeObject) => this.#queue.add(object.metadata.name);
    this.#unwatch = [
      store.watch(NAMESPACE, ({ object }) => add(object)),
      ...NAMESPACED_KINDS.map(kind =>
        store.watch(kind, ({ type, object }) => {
          const { namespace } = object.metadata;
          if (type === 'DELETED' && namespace) this.#queue.add(namespace);
        }),
      ),
    ];
    for (const object of store.list(NAMESPACE).items) add(object);
  }

  async stop(): Promise<void> {
    for (const unwatch of this.#unwatch) unwatch();
    this.#queue.stop();
  }

  #reconcile(name: string): void {
    const namespace = this.#store.get({ ...NAMESPACE, name });
    if (!namespace) return;
    const decision = decideNamespace(
      namespace,
      NAMESPACED_KINDS.flatMap(
        kind => this.#store.list({ ...kind, namespace: name }).items,
      ),
    );
    if (!decision.ending) return;
    this.#store.modify(keyOf(namespace), current => ({
      ...current,
      status: { ...Object(current.status), phase: 'Terminating' },
    }));
    for (const object of decision.remove) {
      if (object.kind === EVENT.kind) this.#store.remove(keyOf(object));
      else deleteObject(this.#store, object);
    }
    if (!decision.finished) return;
    this.#store.modify(keyOf(namespace), current => ({
      ...current,
      spec: { ...Object(current.spec), finalizers: [] },
      metadata: {
        ...current.metadata,
        finalizers: current.metadata.finalizers?.filter(
          finalizer => finalizer !== 'kubernetes',
        ),
      },
    }));
  }
}
