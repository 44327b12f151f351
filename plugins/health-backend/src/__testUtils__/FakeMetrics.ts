import type {
  MetricSource,
  MetricsService,
  RequestTotals,
} from '@ghostlight/plugin-clusters-node';

/** Metrics of every workload alike; what they are is up to the test, by the length of the window asked for. */
export class FakeMetrics implements MetricsService {
  /** Requests per second. */
  rate = 10;
  errorRatio = 0;
  /** Throws this instead of answering. */
  failure: Error | undefined;
  /** No samples at all. */
  silent = false;
  asked = 0;

  of(environment: string): MetricSource | undefined {
    return environment === 'blind' ? undefined : this.#source;
  }

  readonly #source: MetricSource = {
    preset: 'istio',
    totals: async (_workload, { from, to }, options) => {
      this.asked += 1;
      if (this.failure) {
        throw this.failure;
      }
      const seconds = (Date.parse(to) - Date.parse(from)) / 1_000;
      const requests = this.silent ? 0 : this.rate * seconds;
      const totals: RequestTotals = {
        requests,
        errors: requests * this.errorRatio,
        slow: (options?.slowerThanMs ?? []).map(thresholdMs => ({
          thresholdMs,
          bucketMs: thresholdMs,
          count: requests * this.errorRatio,
        })),
        durations: [
          { leMs: 50, count: requests * 0.5 },
          { leMs: 100, count: requests },
          { leMs: Infinity, count: requests },
        ],
        notes: [],
        ...(!this.silent && { since: from }),
      };
      return totals;
    },
    usage: async (_workload, { to }) => ({
      cpuCores: [[Date.parse(to), 0.1]],
      memoryBytes: [[Date.parse(to), 90 * 1024 * 1024]],
      notes: [],
    }),
    query: async () => ({ series: [], notes: [] }),
    queryRange: async () => ({ series: [], notes: [] }),
    red: async () => ({
      requests: [],
      errors: [],
      p50Ms: [],
      p95Ms: [],
      p99Ms: [],
      notes: [],
    }),
    traffic: async () => ({ edges: [], notes: [] }),
    overview: async () => ({ workloads: [], notes: [] }),
  };
}
