import type { Labels } from '../types.ts';
import { makeLabels } from '../tsdb/labels.ts';
import type { Series } from '../tsdb/series.ts';
import type { Tsdb } from '../tsdb/tsdb.ts';

/** What one scrape was like. */
export interface ScrapeOutcome {
  up: boolean;
  durationSeconds: number;
  /** Samples the target showed. */
  scraped: number;
  /** Those for which there was room. */
  kept: number;
  added: number;
}

export const REPORT_METADATA = {
  up: { type: 'gauge', help: 'Whether the last scrape of the target worked.' },
  scrape_duration_seconds: {
    type: 'gauge',
    help: 'How long the scrape took.',
  },
  scrape_samples_scraped: {
    type: 'gauge',
    help: 'Samples the target showed.',
  },
  scrape_samples_post_metric_relabeling: {
    type: 'gauge',
    help: 'Samples that were kept.',
  },
  scrape_series_added: {
    type: 'gauge',
    help: 'Series that were new in this scrape.',
  },
} as const;

const VALUES: Record<
  keyof typeof REPORT_METADATA,
  (outcome: ScrapeOutcome) => number
> = {
  up: ({ up }) => (up ? 1 : 0),
  scrape_duration_seconds: ({ durationSeconds }) =>
    Math.round(durationSeconds * 1e6) / 1e6,
  scrape_samples_scraped: ({ scraped }) => scraped,
  scrape_samples_post_metric_relabeling: ({ kept }) => kept,
  scrape_series_added: ({ added }) => added,
};

/** `up` and its like, for one target. */
export class ScrapeReport {
  readonly #tsdb: Tsdb;
  readonly #series: {
    labels: Labels;
    series: Series | undefined;
    valueOf(outcome: ScrapeOutcome): number;
  }[];

  constructor(tsdb: Tsdb, targetLabels: Labels) {
    this.#tsdb = tsdb;
    this.#series = Object.entries(VALUES).map(([name, valueOf]) => ({
      labels: makeLabels([['__name__', name], ...Object.entries(targetLabels)]),
      series: undefined,
      valueOf,
    }));
  }

  write(timeMs: number, outcome: ScrapeOutcome): void {
    for (const entry of this.#series) {
      if (!entry.series || entry.series.forgotten) {
        entry.series = this.#tsdb.series(entry.labels);
      }
      if (entry.series) {
        this.#tsdb.append(entry.series, timeMs, entry.valueOf(outcome));
      }
    }
  }

  /** The target is gone. */
  end(timeMs: number): void {
    for (const { series } of this.#series) {
      if (series) this.#tsdb.markStale(series, timeMs);
    }
  }
}
