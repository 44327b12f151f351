import { compareTimes } from './compareTimes';

/** Anything with a time and a size. */
interface Timed {
  at: string;
  bytes: number;
}

/** How much is held at most. */
export interface BufferLimits {
  /** A line waits so long for earlier ones of other replicas. */
  windowMs: number;
  maxItems: number;
  maxBytes: number;
}

/**
 * Brings lines that arrive nearly in order into order, and drops the oldest when they are not taken as fast as they come.
 */
export class ReorderBuffer<T extends Timed> {
  readonly #limits: BufferLimits;
  #items: Array<{ item: T; arrivedAt: number }> = [];
  #bytes = 0;
  #dropped = 0;

  constructor(limits: BufferLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#items.length;
  }

  push(item: T, now: number): void {
    let index = this.#items.length;
    while (
      index > 0 &&
      compareTimes(this.#items[index - 1].item.at, item.at) > 0
    ) {
      index -= 1;
    }
    this.#items.splice(index, 0, { item, arrivedAt: now });
    this.#bytes += item.bytes;
    while (
      this.#items.length > this.#limits.maxItems ||
      (this.#bytes > this.#limits.maxBytes && this.#items.length > 1)
    ) {
      // A tenth at once: to take the first of a long array is not free.
      const count = Math.ceil(this.#items.length / 10);
      for (const { item: oldest } of this.#items.splice(0, count)) {
        this.#bytes -= oldest.bytes;
        this.#dropped += 1;
      }
    }
  }

  /** Takes up to `max` lines that have waited long enough, in order. */
  take(max: number, now: number): T[] {
    let count = 0;
    const due = now - this.#limits.windowMs;
    // What stands before a line that is due is earlier, and goes with it.
    for (let i = this.#items.length - 1; i >= 0; i--) {
      if (this.#items[i].arrivedAt <= due) {
        count = i + 1;
        break;
      }
    }
    const taken = this.#items.splice(0, Math.min(count, max));
    for (const { item } of taken) {
      this.#bytes -= item.bytes;
    }
    return taken.map(({ item }) => item);
  }

  /** How many were dropped since this was last asked. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }
}
