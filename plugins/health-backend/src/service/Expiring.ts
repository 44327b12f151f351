/** Remembers what was loaded for a while, loads the same thing once at a time, and holds no more than `max`. */
export class Expiring<T> {
  readonly #options: { maxAgeMs: number; max: number; now: () => number };
  readonly #entries = new Map<string, { at: number; value: Promise<T> }>();

  constructor(options: { maxAgeMs: number; max: number; now: () => number }) {
    this.#options = options;
  }

  get(key: string, load: () => Promise<T>): Promise<T> {
    const { maxAgeMs, max, now } = this.#options;
    const known = this.#entries.get(key);
    if (known && now() - known.at < maxAgeMs) {
      return known.value;
    }
    const value = load();
    this.#entries.delete(key);
    this.#entries.set(key, { at: now(), value });
    // A failure is not worth remembering, but for those who wait for it now.
    value.catch(() => {
      if (this.#entries.get(key)?.value === value) {
        this.#entries.delete(key);
      }
    });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= max) {
        break;
      }
      this.#entries.delete(oldest);
    }
    return value;
  }
}
