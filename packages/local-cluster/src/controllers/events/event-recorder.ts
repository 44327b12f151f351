import type { Clock, KubeObject, Store } from '../../types.ts';
import { EventNames } from './event-names.ts';

const secondsOf = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;

function countOf(event: KubeObject): number {
  return typeof event.count === 'number' ? event.count : 1;
}

/**
 * Writes v1 Events. What happens again to the same object in the same words is counted in one Event, also over a restart.
 */
export class EventRecorder {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #component: string;
  readonly #names: EventNames;

  constructor(options: { store: Store; clock: Clock; component: string }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#component = options.component;
    this.#names = new EventNames(options);
  }

  /** Never fails: what happened goes on whether or not it can be told (a full disk). */
  record(
    about: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): void {
    try {
      this.#write(about, type, reason, message);
    } catch (error) {
      const { name } = about.metadata;
      process.stderr.write(
        `${this.#component}: event ${reason} of ${name}: ${error}\n`,
      );
    }
  }

  #write(
    about: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): void {
    const { name, uid, resourceVersion } = about.metadata;
    const namespace = about.metadata.namespace ?? 'default';
    if (this.#isEnding(namespace)) return;
    const words = {
      uid,
      component: this.#component,
      type,
      reason,
      message: message.slice(0, 1024), // The API's limit for messages of Events.
    };
    const key = {
      apiVersion: 'v1',
      kind: 'Event',
      namespace,
      name: this.#names.nameOf(words, namespace, name),
    };
    const now = secondsOf(this.#clock.now());
    const counted = this.#store.modify(key, event => ({
      ...event,
      count: countOf(event) + 1,
      lastTimestamp: now,
    }));
    if (counted) return;
    this.#store.create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { namespace, name: key.name },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        namespace: about.metadata.namespace,
        name,
        uid,
        resourceVersion,
      },
      type,
      reason,
      message: words.message,
      source: { component: this.#component },
      reportingComponent: this.#component,
      reportingInstance: '',
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
    });
  }

  /** Else a namespace that is being emptied would never be empty. */
  #isEnding(namespace: string): boolean {
    const found = this.#store.get({
      apiVersion: 'v1',
      kind: 'Namespace',
      name: namespace,
    });
    return found?.metadata.deletionTimestamp !== undefined;
  }
}
