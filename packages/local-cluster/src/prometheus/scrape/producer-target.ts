import type { Labels, MetricProducer } from '../types.ts';
import { makeLabels } from '../tsdb/labels.ts';
import type { Tsdb } from '../tsdb/tsdb.ts';
import type { MetricMetadata } from './metadata.ts';
import { type ScrapeOutcome, ScrapeReport } from './scrape-report.ts';
import type { Target, TargetStatus } from './target.ts';
import { TargetSeries } from './target-series.ts';

const asIs = (labels: Labels) => labels;

/** Metrics that this process makes itself, taken in like those of a target. */
export class ProducerTarget implements Target {
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
  readonly #producer: MetricProducer;
  readonly #series: TargetSeries<Labels>;
  readonly #report: ScrapeReport;
  readonly #limit: number;

  constructor(options: {
    tsdb: Tsdb;
    producer: MetricProducer;
    seriesLimit: number;
  }) {
    const { tsdb, producer } = options;
    this.#tsdb = tsdb;
    this.#producer = producer;
    this.#limit = options.seriesLimit;
    this.job = producer.job;
    this.url = `local-cluster:${producer.job}`;
    this.labels = makeLabels([
      ['job', producer.job],
      ['instance', 'local-cluster'],
    ]);
    this.discoveredLabels = makeLabels([
      ['__address__', 'local-cluster'],
      ['job', producer.job],
    ]);
    this.#series = new TargetSeries(tsdb);
    this.#report = new ScrapeReport(tsdb, this.labels);
  }

  *metadata(): Generator<[string, MetricMetadata], void, undefined> {
    for (const [name, { type, help }] of Object.entries(
      this.#producer.metadata,
    )) {
      yield [name, { type, help, unit: '' }];
    }
  }

  async scrape(timeMs: number): Promise<ScrapeOutcome> {
    const startedMs = performance.now();
    this.#series.begin();
    let seen = 0;
    for (const { labels, value } of this.#producer.collect()) {
      seen += 1;
      if (seen <= this.#limit) this.#series.sample(labels, asIs, value);
    }
    const { added, overLimit } = this.#series.commit(timeMs);
    const outcome: ScrapeOutcome = {
      up: true,
      durationSeconds: (performance.now() - startedMs) / 1000,
      scraped: seen,
      kept: Math.min(seen, this.#limit) - overLimit,
      added,
    };
    this.#report.write(timeMs, outcome);
    this.status.health = 'up';
    this.status.lastScrapeMs = timeMs;
    this.status.lastDurationSeconds = outcome.durationSeconds;
    this.status.lastError = this.#dropped(seen, outcome.kept);
    return outcome;
  }

  #dropped(seen: number, kept: number): string {
    if (kept === seen) return '';
    const problem = `${
      seen - kept
    } of ${seen} series are over a limit and were dropped`;
    this.#tsdb.note(`job ${this.job}: ${problem}`);
    return problem;
  }

  end(timeMs: number): void {
    this.#series.markAllStale(timeMs);
    this.#report.end(timeMs);
  }
}
