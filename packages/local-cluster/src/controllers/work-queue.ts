import { ApiError } from '../api-error.ts';
import type { Clock } from '../types.ts';

const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 60_000;

/**
 * Keys to look at again. A key added many times is worked on once (level-triggered: what matters is how things are, not
 * how they came to be); one that fails is tried again, ever later.
 */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #name: string;
  readonly #work: (key: string) => void;
  readonly #ready = new Set<string>();
  readonly #later = new Map<string, { atMs: number; cancel: () => void }>();
  readonly #failures = new Map<string, number>();
  #scheduled: (() => void) | undefined;
  #stopped = false;

  constructor(options: {
    name: string;
    clock: Clock;
    work: (key: string) => void;
  }) {
    this.#name = options.name;
    this.#clock = options.clock;
    this.#work = options.work;
  }

  add(key: string): void {
    if (this.#stopped) return;
    this.#ready.add(key);
    this.#scheduled ??= this.#clock.after(0, () => this.#run());
  }

  /** The earliest of several wins. */
  addAfter(key: string, ms: number): void {
    if (this.#stopped) return;
    const atMs = this.#clock.now().getTime() + ms;
    const known = this.#later.get(key);
    if (known && known.atMs <= atMs) return;
    known?.cancel();
    const cancel = this.#clock.after(ms, () => {
      this.#later.delete(key);
      this.add(key);
    });
    this.#later.set(key, { atMs, cancel });
  }

  stop(): void {
    this.#stopped = true;
    this.#scheduled?.();
    for (const { cancel } of this.#later.values()) cancel();
    this.#later.clear();
    this.#ready.clear();
  }

  #run(): void {
    this.#scheduled = undefined;
    const keys = [...this.#ready];
    this.#ready.clear();
    for (const key of keys) {
      if (this.#stopped) return;
      try {
        this.#work(key);
        this.#failures.delete(key);
      } catch (error) {
        this.#retry(key, error);
      }
    }
  }

  #retry(key: string, error: unknown): void {
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    const expected = error instanceof ApiError && error.reason === 'Conflict';
    if (!expected) {
      process.stderr.write(`${this.#name} controller: ${key}: ${error}\n`);
    }
    this.addAfter(
      key,
      Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)),
    );
  }
}
