import type { Scope, WatchEvent } from '../types.ts';

type Listener = (event: WatchEvent) => void;

interface Subscription {
  scope: Scope;
  listener: Listener;
  /** Revisions up to this one were delivered or are not wanted. */
  after: number;
}

interface Delivery {
  revision: number;
  event: WatchEvent;
}

export function inScope(scope: Scope, event: WatchEvent): boolean {
  const { apiVersion, kind, metadata } = event.object;
  return (
    kind === scope.kind &&
    apiVersion === scope.apiVersion &&
    (scope.namespace === undefined || metadata.namespace === scope.namespace)
  );
}

/**
 * Hands events to subscribers in the order of their revisions, never inside the write that made them: a listener that writes
 * would otherwise be heard by the others before what it reacted to.
 */
export class WatchHub {
  readonly #subscriptions = new Set<Subscription>();
  readonly #onError: (error: unknown) => void;
  #pending: Delivery[] = [];

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  publish(revision: number, event: WatchEvent): void {
    if (this.#pending.push({ revision, event }) === 1) {
      queueMicrotask(() => this.#flush());
    }
  }

  /** @param past - deliveries the subscriber has missed, in order */
  subscribe(
    scope: Scope,
    listener: Listener,
    after: number,
    past: Delivery[],
  ): () => void {
    const subscription = { scope, listener, after };
    this.#subscriptions.add(subscription);
    if (past.length > 0) {
      queueMicrotask(() => {
        for (const { event } of past) this.#deliver(subscription, event);
      });
    }
    return () => {
      this.#subscriptions.delete(subscription);
    };
  }

  #flush(): void {
    const deliveries = this.#pending;
    this.#pending = [];
    for (const { revision, event } of deliveries) {
      for (const subscription of [...this.#subscriptions]) {
        if (revision <= subscription.after) continue;
        this.#deliver(subscription, event);
      }
    }
  }

  #deliver(subscription: Subscription, event: WatchEvent): void {
    if (!this.#subscriptions.has(subscription)) return;
    if (!inScope(subscription.scope, event)) return;
    try {
      subscription.listener(event);
    } catch (error) {
      this.#onError(error);
    }
  }
}
