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
  /** Since then all requests fail. Unix milliseconds. */
  failsFromMs = Infinity;
  /** Throws this instead of answering. */
  failure: Error | undefined;
  /** No samples at all. */
  silent = false;
  /** Before it nothing was measured. Unix milliseconds. */
  beganMs = 0;
  /** Of the pods of every workload together. */
  restarts: number | undefined;
  readonly restartsAsked: Array<{
    pods: { namespace: string; names: string[] };
    seconds: number;
  }> = [];
  asked = 0;
  /** What was asked of totals, in this order. */
  readonly intervals: Array<{ fromMs: number; toMs: number; since: boolean }> =
    [];

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
      const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
      this.intervals.push({ fromMs, toMs, since: options?.since ?? false });
      const firstMs = Math.max(fromMs, this.beganMs);
      const measured = !this.silent && firstMs < toMs;
      const requests = measured ? (this.rate * (toMs - firstMs)) / 1_000 : 0;
      const failedMs = Math.max(0, toMs - Math.max(firstMs, this.failsFromMs));
      const totals: RequestTotals = {
        requests,
        errors: requests * this.errorRatio + (this.rate * failedMs) / 1_000,
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
        measured,
        ...(measured &&
          options?.since && { since: new Date(firstMs).toISOString() }),
      };
      return totals;
    },
    usage: async (_workload, { to }) => ({
      cpuCores: [[Date.parse(to), 0.1]],
      memoryBytes: [[Date.parse(to), 90 * 1024 * 1024]],
      notes: [],
    }),
    restarts: async (pods, { from, to }) => {
      const seconds = (Date.parse(to) - Date.parse(from)) / 1_000;
      this.restartsAsked.push({ pods, seconds });
      return this.restarts;
    },
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
