import { join } from 'node:path';
import {
  type Labels,
  type Matcher,
  type SelectedSeries,
  type SeriesSource,
  STALE,
} from '../types.ts';
import type { Block } from './block.ts';
import { BlockBuilder } from './block-format.ts';
import { BlockFolder } from './block-folder.ts';
import { LabelIndex } from './label-index.ts';
import { type TsdbLimits, TSDB_LIMITS } from './limits.ts';
import { Problems } from './problems.ts';
import { rewriteAtOnce, rewriteSlowly } from './rewrite-block.ts';
import { isPresent, selectSamples } from './select.ts';
import { Series } from './series.ts';
import { SeriesLog } from './series-log.ts';
import { isCounter, thin } from './thin.ts';
import { Wal } from './wal.ts';

/** A clock that goes back by less is waited for. */
const CLOCK_BACK_MS = 60_000;

/** Why samples were not taken, and how many. They only grow. */
export interface DroppedSamples {
  seriesLimit: number;
  labelLimit: number;
  /** By targets that show more series than one may; how many more is not looked at, so each scrape counts once. */
  targetLimit: number;
  outOfOrder: number;
}

/**
 * Series and their samples of the last day: the newest in memory and in a log, older ones in blocks on disk, those older still
 * thinned. Reads and writes are synchronous; `maintain` is to be called now and then.
 */
export class Tsdb implements SeriesSource {
  readonly index = new LabelIndex();
  readonly dropped: DroppedSamples = {
    seriesLimit: 0,
    labelLimit: 0,
    targetLimit: 0,
    outOfOrder: 0,
  };
  readonly #limits: TsdbLimits;
  readonly #now: () => number;
  readonly #problems: Problems;
  readonly #folder: BlockFolder;
  readonly #log: SeriesLog;
  readonly #wal: Wal;
  #nextRef = 1;
  #newestMs = -Infinity;
  #headSinceMs = Infinity;
  /** Since the log lost something, a value is not the one before as far as the log knows. */
  #logIsBroken = false;
  #maintaining: Promise<void> | undefined;

  private constructor(
    folder: string,
    now: () => number,
    limits: Partial<TsdbLimits>,
  ) {
    this.#now = now;
    this.#limits = { ...TSDB_LIMITS, ...limits };
    this.#problems = new Problems(now);
    this.#folder = new BlockFolder(folder, this.#problems.note);
    this.#log = new SeriesLog(join(folder, 'series.jsonl'));
    this.#wal = new Wal(folder, 1);
  }

  /** Opens a data folder, with all that was flushed before. */
  static open(options: {
    folder: string;
    now: () => number;
    limits?: Partial<TsdbLimits>;
  }): Tsdb {
    const tsdb = new Tsdb(options.folder, options.now, options.limits ?? {});
    tsdb.#restore();
    return tsdb;
  }

  /** The series of these labels, made when there is none; undefined when it is over a limit. */
  series(labels: Labels): Series | undefined {
    const known = this.index.find(labels);
    if (known) return known;
    const tooLong = this.#tooLong(labels);
    if (tooLong !== undefined) {
      this.dropped.labelLimit += 1;
      this.#problems.note(tooLong);
      return undefined;
    }
    if (this.index.size >= this.#limits.series) {
      this.dropped.seriesLimit += 1;
      this.#problems.note(
        `there are ${
          this.#limits.series
        } series already, the most the local cluster holds: new ones are dropped`,
      );
      return undefined;
    }
    const series = new Series(this.#nextRef, labels);
    this.#nextRef += 1;
    this.index.add(series);
    this.#log.add(series.ref, labels);
    return series;
  }

  /** @returns false when there is a sample of that time or a later one already */
  append(series: Series, timeMs: number, value: number): boolean {
    const { head } = series;
    if (timeMs <= head.lastMs) {
      this.dropped.outOfOrder += 1;
      return false;
    }
    const before =
      head.count === 0 || this.#logIsBroken ? undefined : head.base;
    this.#writing(() => this.#wal.add(series.ref, timeMs, value, before));
    head.append(timeMs, value);
    return true;
  }

  /** The series ends here, until its next sample. */
  markStale(series: Series, timeMs: number): void {
    const { head } = series;
    if (series.forgotten || head.lastIsStale || head.lastMs === -Infinity) {
      return;
    }
    this.append(series, Math.max(timeMs, head.lastMs + 1), STALE);
  }

  select(
    matchers: readonly Matcher[],
    fromMs: number,
    toMs: number,
    onRead?: (samples: number) => void,
  ): SelectedSeries[] {
    return selectSamples(this.index.match(matchers), this.#folder.blocks, {
      fromMs,
      toMs,
      limit: this.#limits.samplesPerSelect,
      onRead,
    });
  }

  /** The labels of the series that match and have samples about that time. */
  *present(
    matchers: readonly Matcher[],
    fromMs: number,
    toMs: number,
  ): Generator<Labels, void, undefined> {
    for (const series of this.index.match(matchers)) {
      if (isPresent(series, this.#folder.blocks, fromMs, toMs)) {
        yield series.labels;
      }
    }
  }

  /** Tells those who ask, for a while. */
  note(problem: string): void {
    this.#problems.note(problem);
  }

  /** What people who ask should know. */
  problems(): string[] {
    return this.#problems.list();
  }

  /** Writes to disk what was appended: from then on it survives the process. */
  flush(): void {
    this.#writing(() => {
      this.#log.flush();
      this.#wal.flush();
    });
  }

  /**
   * Told of the time of each scrape. A clock that was set back would else make every sample older than what is there: what is
   * later than the time it is now goes.
   */
  advance(timeMs: number): void {
    if (this.#headSinceMs === Infinity) this.#headSinceMs = timeMs;
    if (timeMs < this.#newestMs - CLOCK_BACK_MS) this.#rewind(timeMs);
    else this.#newestMs = Math.max(this.#newestMs, timeMs);
  }

  /** Moves what is old enough from memory to disk, thins what is older, forgets what is too old. One at a time. */
  async maintain(): Promise<void> {
    this.#maintaining ??= this.#maintain().finally(() => {
      this.#maintaining = undefined;
    });
    await this.#maintaining;
  }

  async close(): Promise<void> {
    await this.#maintaining;
    this.flush();
    this.#log.close();
    this.#wal.close();
    this.#folder.close();
  }

  async #maintain(): Promise<void> {
    try {
      await this.#tidy();
    } catch (error) {
      this.#problems.note(`stored metrics cannot be tidied up: ${error}`);
    }
  }

  async #tidy(): Promise<void> {
    const nowMs = this.#now();
    const { headMs, headBytes, retentionMs } = this.#limits;
    if (
      this.#logIsBroken ||
      nowMs - this.#headSinceMs >= headMs ||
      this.#wal.writtenBytes >= headBytes
    ) {
      this.#cut();
    }
    for (const segment of this.#folder.saveHeld()) this.#wal.remove(segment);
    await this.#thin(nowMs - this.#limits.thinAfterMs);
    if (this.#folder.removeBefore(nowMs - retentionMs)) this.#forgetEmpty();
  }

  /** Makes a block of all that is in memory. */
  #cut(): void {
    this.flush();
    const builder = new BlockBuilder();
    for (const { ref, head } of this.index.all()) {
      if (head.count > 0) builder.add(ref, head);
      head.clear();
    }
    const { segment } = this.#wal;
    this.#wal.rotate();
    this.#logIsBroken = false;
    this.#headSinceMs = Infinity;
    if (
      builder.chunks === 0 ||
      this.#folder.add(segment, segment, builder.build())
    ) {
      this.#wal.remove(segment);
    }
  }

  async #thin(beforeMs: number): Promise<void> {
    const { thinTogether, thinSlotMs } = this.#limits;
    for (;;) {
      const due = this.#folder.blocks
        .filter(({ isThin, index }) => !isThin && index.maxMs <= beforeMs)
        .slice(0, thinTogether);
      if (due.length < thinTogether) return;
      const thinned = await rewriteSlowly(due, (ref, sink) => {
        const name = this.index.byRef(ref)?.labels.__name__ ?? '';
        thin(sink, thinSlotMs, isCounter(name));
      });
      if (!this.#replace(due, thinned)) return;
    }
  }

  #replace(olds: readonly Block[], bytes: Uint8Array | undefined): boolean {
    return this.#writing(() => {
      if (!this.#folder.replace(olds, bytes)) return;
      const [first, last] = [olds[0].first, olds[olds.length - 1].last];
      for (let segment = first; segment <= last; segment += 1) {
        this.#wal.remove(segment);
      }
    });
  }

  #rewind(toMs: number): void {
    this.#problems.note(
      `the clock was set back to ${new Date(
        toMs,
      ).toISOString()}: samples of later times were dropped`,
    );
    this.#cut();
    for (const block of [...this.#folder.blocks]) {
      if (block.index.maxMs < toMs) continue;
      const bytes = rewriteAtOnce([block], (_ref, sink) => {
        while (sink.length > 0 && sink.timesMs[sink.length - 1] >= toMs) {
          sink.length -= 1;
        }
      });
      this.#replace([block], bytes);
    }
    for (const { head } of this.index.all()) {
      head.lastMs = Math.min(head.lastMs, toMs - 1);
    }
    this.#newestMs = toMs;
    this.#headSinceMs = toMs;
  }

  /** Lets go of the series that have no samples any more. */
  #forgetEmpty(): void {
    const { blocks } = this.#folder;
    this.index.retain(
      series =>
        series.head.count > 0 || blocks.some(b => b.find(series.ref) >= 0),
    );
    if (this.#log.lines > 2 * this.index.size + 1_000) {
      this.#writing(() => this.#log.rewrite(this.index.all()));
    }
  }

  #restore(): void {
    const segments = this.#folder.open();
    for (const { ref, labels } of this.#log.read()) {
      const series = new Series(ref, labels);
      this.index.add(series);
      this.#nextRef = ref + 1;
    }
    this.#newestMs = Math.max(
      -Infinity,
      ...this.#folder.blocks.map(({ index }) => index.maxMs),
    );
    this.#wal.segment = segments[0] ?? this.#folder.nextSegment;
    for (const [nth, segment] of segments.entries()) {
      this.#wal.segment = segment;
      this.#replay();
      // Only the last goes on; the others wait for being written as blocks.
      if (nth < segments.length - 1) this.#cut();
    }
    for (const { head } of this.index.all()) {
      if (head.count === 0) head.lastMs = this.#newestMs;
    }
    this.#forgetEmpty();
  }

  #replay(): void {
    this.#wal.replay((ref, timeMs, value) => {
      const head = this.index.byRef(ref)?.head;
      if (!head || timeMs <= head.lastMs) return;
      head.append(timeMs, value ?? head.base);
      this.#headSinceMs = Math.min(this.#headSinceMs, timeMs);
      this.#newestMs = Math.max(this.#newestMs, timeMs);
    });
  }

  #tooLong(labels: Labels): string | undefined {
    const { labelsPerSeries, labelNameLength, labelValueLength } = this.#limits;
    const entries = Object.entries(labels);
    const named = `a series of ${(labels.__name__ ?? '').slice(0, 100)}`;
    if (entries.length > labelsPerSeries) {
      return `${named} has ${entries.length} labels, the most are ${labelsPerSeries}: it was dropped`;
    }
    const long = entries.find(
      ([name, value]) =>
        name.length > labelNameLength || value.length > labelValueLength,
    );
    return (
      long &&
      `${named} was dropped: its label ${long[0].slice(
        0,
        40,
      )} is longer than ${labelNameLength} characters, or its value than ${labelValueLength}`
    );
  }

  /** A disk that takes no more does not stop the metrics; only a restart would lose what it did not take. */
  #writing(write: () => void): boolean {
    try {
      write();
      return true;
    } catch (error) {
      this.#logIsBroken = true;
      this.#problems.note(
        `metrics cannot be written to disk: ${
          error instanceof Error ? error.message : error
        }`,
      );
      return false;
    }
  }
}
