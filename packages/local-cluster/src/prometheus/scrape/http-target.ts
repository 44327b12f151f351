import { Client } from 'undici';
import type { Clock } from '../../types.ts';
import type { Labels } from '../types.ts';
import { makeLabels } from '../tsdb/labels.ts';
import type { Tsdb } from '../tsdb/tsdb.ts';
import { getBody } from './get-body.ts';
import type { ScrapeLimits } from './limits.ts';
import { type MetricMetadata, TargetMetadata } from './metadata.ts';
import { type ScrapeOutcome, ScrapeReport } from './scrape-report.ts';
import { readSeriesText } from './series-text.ts';
import type { Target, TargetStatus } from './target.ts';
import { type RoundResult, TargetSeries } from './target-series.ts';
import { TextParser } from './text-format.ts';

/** A text is decoded and read in pieces of this many bytes: what is over the limit is never decoded. */
const PIECE_BYTES = 256 * 1024;
const NEWLINE = 10;

export interface HttpTargetOptions {
  tsdb: Tsdb;
  clock: Clock;
  job: string;
  labels: Labels;
  discoveredLabels: Labels;
  scheme: 'http' | 'https';
  address: string;
  path: string;
  limits: ScrapeLimits;
}

/** A target that shows its metrics as text over HTTP. */
export class HttpTarget implements Target {
  readonly job: string;
  readonly labels: Labels;
  readonly discoveredLabels: Labels;
  readonly url: string;
  readonly status: TargetStatus = {
    health: 'unknown',
    lastError: '',
    lastScrapeMs: undefined,
    lastDurationSeconds: 0,
  };
  readonly #tsdb: Tsdb;
  readonly #clock: Clock;
  readonly #client: Client;
  readonly #path: string;
  readonly #limits: ScrapeLimits;
  readonly #parser = new TextParser();
  readonly #metadata = new TargetMetadata();
  readonly #series: TargetSeries<string>;
  readonly #report: ScrapeReport;
  #ended = false;

  constructor(options: HttpTargetOptions) {
    const origin = `${options.scheme}://${options.address}`;
    this.job = options.job;
    this.labels = options.labels;
    this.discoveredLabels = options.discoveredLabels;
    this.url = origin + options.path;
    this.#tsdb = options.tsdb;
    this.#clock = options.clock;
    this.#path = options.path;
    this.#limits = options.limits;
    this.#series = new TargetSeries(options.tsdb);
    this.#report = new ScrapeReport(options.tsdb, options.labels);
    this.#client = new Client(origin, {
      headersTimeout: 0,
      bodyTimeout: 0,
      // Certificates of pods are not checked, as by the kubelet.
      connect: { rejectUnauthorized: false },
    });
  }

  get #name(): string {
    const { namespace, pod } = this.labels;
    return pod ? `pod ${namespace}/${pod}` : this.url;
  }

  metadata(): Iterable<[string, MetricMetadata]> {
    return this.#metadata.byMetric;
  }

  async scrape(timeMs: number, timeoutMs: number): Promise<ScrapeOutcome> {
    const startedMs = performance.now();
    let scraped = 0;
    let result: RoundResult = { added: 0, overLimit: 0, outOfBounds: 0 };
    let problem: string | undefined;
    try {
      const body = await this.#get(timeoutMs);
      if (!this.#ended) {
        const more = this.#read(body);
        scraped = this.#series.size;
        result = this.#series.commit(timeMs);
        problem = this.#dropped(more, result);
        if (problem) this.#tsdb.note(`${this.#name}: ${problem}`);
        if (more) this.#tsdb.dropped.targetLimit += 1;
      }
      this.status.health = 'up';
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      this.status.health = 'down';
      this.#series.markAllStale(timeMs);
    }
    const outcome: ScrapeOutcome = {
      up: this.status.health === 'up',
      durationSeconds: (performance.now() - startedMs) / 1000,
      scraped,
      kept: scraped - result.overLimit - result.outOfBounds,
      added: result.added,
    };
    this.status.lastError = problem ?? '';
    this.status.lastScrapeMs = timeMs;
    this.status.lastDurationSeconds = outcome.durationSeconds;
    if (!this.#ended) this.#report.write(timeMs, outcome);
    return outcome;
  }

  end(timeMs: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#series.markAllStale(timeMs);
    this.#report.end(timeMs);
    void this.#client.destroy();
  }

  /** A connection that was kept may be closed just as it is used: then the question is asked once more. */
  async #get(timeoutMs: number): Promise<Buffer> {
    const startedMs = performance.now();
    const options = { path: this.#path, limitBytes: this.#limits.bodyBytes };
    try {
      return await getBody(this.#client, this.#clock, {
        ...options,
        timeoutMs,
      });
    } catch (error) {
      const code = error instanceof Error && 'code' in error && error.code;
      const leftMs = timeoutMs - (performance.now() - startedMs);
      const wasClosed = code === 'UND_ERR_SOCKET' || code === 'ECONNRESET';
      if (this.#ended || !wasClosed || leftMs <= 0) throw error;
      return getBody(this.#client, this.#clock, {
        ...options,
        timeoutMs: leftMs,
      });
    }
  }

  /** @returns whether there is more than the limit allows */
  #read(body: Buffer): boolean {
    this.#series.begin();
    this.#parser.begin();
    for (let at = 0; at < body.length; ) {
      let end = Math.min(body.length, at + PIECE_BYTES);
      if (end < body.length) {
        const newline = body.lastIndexOf(NEWLINE, end);
        // A line longer than a piece is taken whole.
        if (newline > at) end = newline + 1;
        else end = body.indexOf(NEWLINE, end) + 1 || body.length;
      }
      const text = body.toString('utf8', at, end);
      if (!this.#parser.parse(text, this)) return true;
      at = end;
    }
    return false;
  }

  sample(series: string, value: number, timeMs: number | undefined): boolean {
    if (this.#series.size >= this.#limits.samplesPerScrape) return false;
    this.#series.sample(series, this.#labelsOf, value, timeMs);
    return true;
  }

  comment(line: string): void {
    this.#metadata.read(line);
  }

  /** What the target says of itself gives way to what is known of it, as with `honor_labels: false`. */
  readonly #labelsOf = (text: string): Labels =>
    makeLabels([
      ...readSeriesText(text).map(([name, value]) =>
        Object.hasOwn(this.labels, name)
          ? ([`exported_${name}`, value] as const)
          : ([name, value] as const),
      ),
      ...Object.entries(this.labels),
    ]);

  #dropped(
    more: boolean,
    { overLimit, outOfBounds }: RoundResult,
  ): string | undefined {
    const { samplesPerScrape } = this.#limits;
    if (more) {
      return `the target shows more than ${samplesPerScrape} series: the first ${samplesPerScrape} were taken, the others dropped`;
    }
    if (overLimit > 0) {
      return `${overLimit} series were dropped: they are over a limit of the local cluster, of series in all or of the size of labels`;
    }
    return outOfBounds > 0
      ? `${outOfBounds} samples were dropped: the target says times for them that are an hour old or in the future`
      : undefined;
  }
}
