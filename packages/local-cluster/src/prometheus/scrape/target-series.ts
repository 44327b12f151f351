import type { Labels } from '../types.ts';
import type { Series } from '../tsdb/series.ts';
import type { Tsdb } from '../tsdb/tsdb.ts';

interface Entry {
  /** Undefined when it is over a limit. */
  series: Series | undefined;
  /** The round in which it was last seen. */
  round: number;
  /** One with times of its own goes on at its own pace: its absence means nothing. */
  ownTime: boolean;
}

export interface RoundResult {
  /** Series that were not there in the round before. */
  added: number;
  /** Samples for which there was no room. */
  overLimit: number;
  /** Samples of times that the target itself says, and that are too far from now. */
  outOfBounds: number;
}

const NONE: RoundResult = { added: 0, overLimit: 0, outOfBounds: 0 };
const OLDEST_MS = 60 * 60_000;
const NEWEST_MS = 30_000;

/** Samples may come late, and clocks differ a little. */
const isNear = (timeMs: number, nowMs: number) =>
  timeMs > nowMs - OLDEST_MS && timeMs < nowMs + NEWEST_MS;

/**
 * The series of one target, by what the target calls them, so that their labels are looked at once and not with each sample.
 * A round is taken as a whole when it ends: of one that fails nothing remains but stale marks.
 */
export class TargetSeries<Key> {
  readonly #tsdb: Tsdb;
  readonly #entries = new Map<Key, Entry>();
  readonly #pending: Entry[] = [];
  #values = new Float64Array(64);
  /** NaN: the time of the round. */
  #timesMs = new Float64Array(64);
  #round = 0;
  #result: RoundResult = { ...NONE };

  constructor(tsdb: Tsdb) {
    this.#tsdb = tsdb;
  }

  begin(): void {
    this.#round += 1;
    this.#pending.length = 0;
    this.#result = { ...NONE };
  }

  /** How many samples the round has so far. */
  get size(): number {
    return this.#pending.length;
  }

  /**
   * @param labelsOf - asked when the key is new
   * @param timeMs - when the target says so itself; such samples get no stale marks, as in Prometheus
   */
  sample(
    key: Key,
    labelsOf: (key: Key) => Labels,
    value: number,
    timeMs = NaN,
  ): void {
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = { series: undefined, round: 0, ownTime: false };
      this.#entries.set(key, entry);
      this.#result.added += 1;
    }
    if (!entry.series || entry.series.forgotten) {
      entry.series = this.#tsdb.series(labelsOf(key));
    }
    if (!entry.series) this.#result.overLimit += 1;
    const at = this.#pending.length;
    if (at === this.#values.length) this.#grow();
    this.#values[at] = value;
    this.#timesMs[at] = timeMs;
    this.#pending.push(entry);
  }

  /** Takes the samples in and marks what is no longer there. */
  commit(timeMs: number): RoundResult {
    this.#tsdb.advance(timeMs);
    for (const [at, entry] of this.#pending.entries()) {
      const own = this.#timesMs[at];
      entry.ownTime = !Number.isNaN(own);
      entry.round = this.#round;
      if (!entry.series) continue;
      if (entry.ownTime && !isNear(own, timeMs)) {
        this.#result.outOfBounds += 1;
        continue;
      }
      this.#tsdb.append(
        entry.series,
        entry.ownTime ? own : timeMs,
        this.#values[at],
      );
    }
    for (const [key, entry] of this.#entries) {
      if (entry.round === this.#round) continue;
      this.#end(entry, timeMs);
      this.#entries.delete(key);
    }
    this.#pending.length = 0;
    return this.#result;
  }

  /** Nothing of the target is there any more. */
  markAllStale(timeMs: number): void {
    for (const entry of this.#entries.values()) this.#end(entry, timeMs);
    this.#entries.clear();
    this.#pending.length = 0;
  }

  #end({ series, ownTime }: Entry, timeMs: number): void {
    // Another key of this round may mean the same series.
    if (!series || ownTime || series.head.lastMs >= timeMs) return;
    this.#tsdb.markStale(series, timeMs);
  }

  #grow(): void {
    const grow = (from: Float64Array) => {
      const grown = new Float64Array(from.length * 2);
      grown.set(from);
      return grown;
    };
    this.#values = grow(this.#values);
    this.#timesMs = grow(this.#timesMs);
  }
}
