/** A place in the queue: one either gets its turn or leaves it. */
interface Place {
  take(): void;
  leave(): void;
}

/** Lets so many work at the same time; the others wait for their turn, first come first served. */
export class Turns {
  readonly #waiting: Place[] = [];
  #free: number;

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Rejects with the signal's reason when it is aborted before its turn. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#acquire(signal);
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      this.#release();
    }
  }

  #acquire(signal: AbortSignal): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const place: Place = {
        take: () => {
          signal.removeEventListener('abort', place.leave);
          resolve();
        },
        leave: () => {
          this.#waiting.splice(this.#waiting.indexOf(place), 1);
          reject(signal.reason);
        },
      };
      this.#waiting.push(place);
      signal.addEventListener('abort', place.leave, { once: true });
    });
  }

  /** The place goes straight to who waits longest. */
  #release(): void {
    const next = this.#waiting.shift();
    if (next) {
      next.take();
    } else {
      this.#free += 1;
    }
  }
}
