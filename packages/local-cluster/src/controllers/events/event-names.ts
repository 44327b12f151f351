import { createHash } from 'node:crypto';
import type { Clock, KubeObject, Store } from '../../types.ts';
import { EVENT } from '../kinds.ts';

/** As long as Events are kept: what is older starts anew. */
const KEPT_MS = 60 * 60_000;

/** What makes two Events the same one, that is counted. */
export interface Words {
  uid: string;
  component: string;
  type: string;
  reason: string;
  message: string;
}

const hashOf = (words: Words) =>
  createHash('sha256')
    .update(JSON.stringify(Object.values(words)))
    .digest('hex');

function wordsOf(event: KubeObject): Words {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    uid: text(Object(event.involvedObject).uid),
    component: text(event.reportingComponent),
    type: text(event.type),
    reason: text(event.reason),
    message: text(event.message),
  };
}

/**
 * Names of Events: the object's and the time of the first, so that a list shows them in the order in which they happened, which
 * their timestamps of whole seconds do not tell. The same words get the same name, also over a restart.
 */
export class EventNames {
  readonly #store: Store;
  readonly #clock: Clock;
  /** Those that happened last are at the end. */
  readonly #known = new Map<string, { name: string; atMs: number }>();
  #last = 0n;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
    for (const event of store.list(EVENT).items) {
      const { name } = event.metadata;
      const atMs = Date.parse(String(event.lastTimestamp)) || 0;
      this.#known.set(hashOf(wordsOf(event)), { name, atMs });
    }
  }

  /** @param prefix - name of the object that the Event is about */
  nameOf(words: Words, namespace: string, prefix: string): string {
    const atMs = this.#clock.now().getTime();
    const hash = hashOf(words);
    const known = this.#known.get(hash);
    this.#known.delete(hash);
    const isKept =
      known && this.#store.get({ ...EVENT, namespace, name: known.name });
    const name = isKept ? known.name : this.#newName(namespace, prefix, atMs);
    this.#known.set(hash, { name, atMs });
    this.#forget(atMs - KEPT_MS);
    return name;
  }

  #newName(namespace: string, prefix: string, atMs: number): string {
    // Nanoseconds, as Kubernetes writes them: room for many in one millisecond.
    const now = BigInt(atMs) * 1_000_000n;
    this.#last = now > this.#last ? now : this.#last + 1n;
    for (;;) {
      const name = `${prefix}.${this.#last.toString(16)}`;
      if (!this.#store.get({ ...EVENT, namespace, name })) return name;
      this.#last += 1n;
    }
  }

  #forget(beforeMs: number): void {
    for (const [hash, { atMs }] of this.#known) {
      if (atMs >= beforeMs) return;
      this.#known.delete(hash);
    }
  }
}
