import {
  type Labels,
  type Matcher,
  QueryError,
  type SelectedSeries,
  type SeriesSource,
  STALE,
} from '../types.ts';
import { LabelIndex } from './label-index.ts';
import { type TsdbLimits, TSDB_LIMITS } from './limits.ts';
import { readChunk, type SampleSink } from './read-chunk.ts';
import { Series } from './series.ts';

/** Series and their samples of the last day. */
export class Tsdb implements SeriesSource {
  readonly index = new LabelIndex();
  readonly #limits: TsdbLimits;
  #nextRef = 1;

  constructor(options: { limits?: Partial<TsdbLimits> } = {}) {
    this.#limits = { ...TSDB_LIMITS, ...options.limits };
  }

  /** The series of these labels, made when there is none; undefined when there are too many. */
  series(labels: Labels): Series | undefined {
    const known = this.index.find(labels);
    if (known) return known;
    if (this.index.size >= this.#limits.series) return undefined;
    const series = new Series(this.#nextRef, labels);
    this.#nextRef += 1;
    this.index.add(series);
    return series;
  }

  /** The series ends here, until its next sample. */
  markStale(series: Series, timeMs: number): void {
    const { head } = series;
    if (head.lastIsStale || head.lastMs === -Infinity) return;
    this.append(series, Math.max(timeMs, head.lastMs + 1), STALE);
  }

  /** @returns false when there is a sample of that time or a later one already */
  append(series: Series, timeMs: number, value: number): boolean {
    if (timeMs <= series.head.lastMs) return false;
    series.head.append(timeMs, value);
    return true;
  }

  /** What people who ask should know: samples that were dropped of late. */
  problems(): string[] {
    return [];
  }

  /** The labels of the series that match and have samples in the time. */
  *present(
    matchers: readonly Matcher[],
    fromMs: number,
    toMs: number,
  ): Generator<Labels, void, undefined> {
    for (const { labels, head } of this.index.match(matchers)) {
      if (head.lastMs > fromMs && head.firstMs <= toMs) yield labels;
    }
  }

  select(
    matchers: readonly Matcher[],
    fromMs: number,
    toMs: number,
  ): SelectedSeries[] {
    const found = this.index.match(matchers);
    let samples = 0;
    for (const { head } of found) samples += head.count;
    if (samples > this.#limits.samplesPerSelect) {
      throw new QueryError(
        'execution',
        `the query would read ${samples} samples, more than the ${
          this.#limits.samplesPerSelect
        } that one may`,
      );
    }
    const selected: SelectedSeries[] = [];
    for (const { labels, head } of found) {
      const sink: SampleSink = {
        timesMs: new Float64Array(head.count),
        values: new Float64Array(head.count),
        length: 0,
      };
      readChunk(head.bytes, 0, head.length, fromMs, toMs, sink);
      if (sink.length === 0) continue;
      selected.push({
        labels,
        timesMs: sink.timesMs.subarray(0, sink.length),
        values: sink.values.subarray(0, sink.length),
      });
    }
    return selected;
  }
}
