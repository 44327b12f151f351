import type { Tsdb } from '../tsdb/tsdb.ts';
import type { MetricProducer, Scraped } from '../types.ts';
import { LabelCache } from './label-cache.ts';

const DROPPED = 'prometheus_tsdb_samples_dropped_total';
const SERIES = 'prometheus_tsdb_series';

/** What the store of metrics tells of itself: above all what it did not take. */
export class SelfProducer implements MetricProducer {
  readonly job = 'prometheus';
  readonly metadata: MetricProducer['metadata'] = {
    [SERIES]: {
      type: 'gauge',
      help: 'Series with samples within the retention.',
    },
    [DROPPED]: {
      type: 'counter',
      help: 'Samples that were not taken, by the reason.',
    },
  };
  readonly #tsdb: Tsdb;
  readonly #labels = new LabelCache();

  constructor(tsdb: Tsdb) {
    this.#tsdb = tsdb;
  }

  *collect(): Generator<Scraped, void, undefined> {
    this.#labels.begin();
    const { job } = this;
    yield {
      labels: this.#labels.of(SERIES, () => ({ __name__: SERIES, job })),
      value: this.#tsdb.index.size,
    };
    for (const [reason, value] of Object.entries(this.#tsdb.dropped)) {
      const labels = this.#labels.of(reason, () => ({
        __name__: DROPPED,
        job,
        reason,
      }));
      yield { labels, value };
    }
  }
}
