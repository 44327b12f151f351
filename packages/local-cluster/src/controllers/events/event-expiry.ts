import type { Clock, KubeObject, Running, Store } from '../../types.ts';
import { EVENT, keyOf } from '../kinds.ts';

/** As long as upstream keeps them. */
const KEPT_MS = 60 * 60_000;
const LOOK_EVERY_MS = 60_000;

export function expiredEvents(events: KubeObject[], nowMs: number) {
  return events.filter(({ lastTimestamp, metadata }) => {
    const last =
      typeof lastTimestamp === 'string'
        ? lastTimestamp
        : metadata.creationTimestamp;
    return nowMs - Date.parse(last) > KEPT_MS;
  });
}

/** Forgets Events that did not happen again for an hour. */
export class EventExpiry implements Running {
  #cancel: () => void = () => undefined;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    const look = () => {
      this.#cancel = clock.after(LOOK_EVERY_MS, look);
      const { items } = store.list(EVENT);
      for (const event of expiredEvents(items, clock.now().getTime()))
        store.remove(keyOf(event));
    };
    look();
  }

  async stop(): Promise<void> {
    this.#cancel();
  }
}
