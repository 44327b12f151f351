import { emptyLog, LogEntry, LogSnapshot } from './LogEntry';

export interface LogBufferOptions {
  /** Lines held; the oldest go first. Default 20,000. */
  capacity?: number;
  /** Characters held; long lines count for what they are. Default 20 million. */
  capacityCharacters?: number;
  /** How long arriving lines are gathered before readers hear of them. Default 100 ms. */
  gatherMs?: number;
}

/**
 * Holds the newest lines of a stream. Lines may come by the thousand a second:
 * readers are told at most once per gathering time, with a new snapshot.
 */
export class LogBuffer {
  readonly #capacity: number;
  readonly #capacityCharacters: number;
  readonly #gatherMs: number;
  readonly #listeners = new Set<() => void>();
  #snapshot: LogSnapshot = emptyLog;
  #characters = 0;
  #arrived: LogEntry[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LogBufferOptions = {}) {
    this.#capacity = options.capacity ?? 20_000;
    this.#capacityCharacters = options.capacityCharacters ?? 20_000_000;
    this.#gatherMs = options.gatherMs ?? 100;
  }

  append(...entries: LogEntry[]): void {
    this.#arrived.push(...entries);
    this.#timer ??= setTimeout(() => this.flush(), this.#gatherMs);
  }

  /** Hands over what has arrived without waiting for the gathering time. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#arrived.length === 0) {
      return;
    }
    const sources = this.#sourcesWith(this.#arrived);
    const all = this.#snapshot.entries.concat(this.#arrived);
    this.#characters += charactersOf(this.#arrived);
    this.#arrived = [];
    const excess = this.#excessOf(all);
    this.#characters -= charactersOf(all.slice(0, excess));
    this.#publish({
      entries: excess > 0 ? all.slice(excess) : all,
      dropped: this.#snapshot.dropped + excess,
      sources,
    });
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#arrived = [];
    this.#characters = 0;
    this.#publish(emptyLog);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getSnapshot = (): LogSnapshot => this.#snapshot;

  /** How many of the oldest are too many. The newest always stays, however long. */
  #excessOf(all: readonly LogEntry[]): number {
    let excess = Math.max(0, all.length - this.#capacity);
    let characters = this.#characters - charactersOf(all.slice(0, excess));
    while (characters > this.#capacityCharacters && excess < all.length - 1) {
      characters -= all[excess].text.length;
      excess += 1;
    }
    return excess;
  }

  /** The same list as before where nobody new has written. */
  #sourcesWith(arrived: LogEntry[]): readonly string[] {
    const { sources } = this.#snapshot;
    const all = new Set(sources);
    arrived.forEach(entry => entry.kind === 'line' && all.add(entry.source));
    return all.size === sources.length ? sources : [...all].sort();
  }

  #publish(snapshot: LogSnapshot) {
    this.#snapshot = snapshot;
    this.#listeners.forEach(notify => notify());
  }
}

function charactersOf(entries: readonly LogEntry[]): number {
  return entries.reduce((sum, { text }) => sum + text.length, 0);
}
