import type { Clock, KubeObject } from '../../types.ts';

/** etcd forgets after five minutes too, and a list that takes longer begins again. */
const KEPT_MS = 5 * 60_000;
/** Objects are immutable and shared, so a snapshot costs what has changed since, and a pointer an object. */
const MOST = 50;

interface Snapshot {
  items: KubeObject[];
  untilMs: number;
}

/** Lists that are being read in pages: every page shows the cluster as it was at the first. */
export class ListSnapshots {
  readonly #clock: Clock;
  /** Those asked for last are at the end. */
  readonly #snapshots = new Map<string, Snapshot>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keep(key: string, items: KubeObject[]): void {
    const nowMs = this.#clock.now().getTime();
    this.#snapshots.delete(key);
    this.#snapshots.set(key, { items, untilMs: nowMs + KEPT_MS });
    for (const [other, { untilMs }] of this.#snapshots) {
      const isSurplus = this.#snapshots.size > MOST;
      if (untilMs < nowMs || isSurplus) this.#snapshots.delete(other);
    }
  }

  /** undefined when it was never kept, or is forgotten. */
  find(key: string): KubeObject[] | undefined {
    const found = this.#snapshots.get(key);
    return found && found.untilMs >= this.#clock.now().getTime()
      ? found.items
      : undefined;
  }
}
