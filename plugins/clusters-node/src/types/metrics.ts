import type { Revision, WorkloadRef } from './workload';

/**
 * Unix milliseconds and value; `undefined` where nothing was measured.
 *
 * @public
 */
export type MetricPoint = [atMs: number, value: number | undefined];

/**
 * A stretch of time, its ends included, and how far apart its points are.
 *
 * @public
 */
export interface MetricRange {
  /** ISO 8601 UTC. */
  from: string;
  /** ISO 8601 UTC. */
  to: string;
  /** Between two points; 15 s and 11,000 points at most are usual bounds of a Prometheus. */
  stepMs: number;
}

/**
 * Requests, errors and durations of a workload, as its callers saw them.
 *
 * @public
 */
export interface RedSeries {
  /** Per second. 0 where the workload is known and nobody asked; undefined where nothing is known. */
  requests: MetricPoint[];
  /** Share of requests that failed, 0..1; undefined where there were no requests. */
  errors: MetricPoint[];
  /** Milliseconds, from histograms: as exact as their buckets. Of requests that reached a replica. */
  p50Ms: MetricPoint[];
  p95Ms: MetricPoint[];
  p99Ms: MetricPoint[];
  /** What limits these numbers, for people: `the answer was cut at 1,000 series`. */
  notes: string[];
}

/**
 * What the busiest replica of a workload used.
 *
 * @public
 */
export interface UsageSeries {
  cpuCores: MetricPoint[];
  memoryBytes: MetricPoint[];
  notes: string[];
}

/**
 * How many requests there were within a stretch of time, from counters, resets accounted for.
 *
 * @remarks
 * What Prometheus' `increase` gives: extended to the ends of the stretch where samples do not reach them, so these are
 * no whole numbers, and what a counter had counted before it was first scraped is not in them.
 *
 * @public
 */
export interface RequestTotals {
  requests: number;
  errors: number;
  /** By asked threshold in milliseconds: requests slower than it. The nearest bucket bound at or above it is used and named. */
  slow: Array<{ thresholdMs: number; bucketMs: number; count: number }>;
  /** Cumulative counts by upper bound in milliseconds (`Infinity` last), for quantiles. Of requests that reached a replica. */
  durations: Array<{ leMs: number; count: number }>;
  /** Whether there were samples at all: no requests of what was measured are none, of what was not they are unknown. */
  measured: boolean;
  /** Since when there are samples within the asked time, ISO 8601, to three scrapes; only when asked for, and when there are. */
  since?: string;
  notes: string[];
}

/**
 * Requests from one workload to another within a stretch of time.
 *
 * @public
 */
export interface TrafficEdge {
  /** Undefined: from outside of the cluster, or from what is no workload. */
  from?: { namespace: string; name: string };
  to: { namespace: string; name: string };
  /** Name of the Service that was asked. */
  service?: string;
  requestsPerSecond: number;
  /** Share of requests that failed, 0..1. */
  errorRatio: number;
  p95Ms?: number;
  /** When a request was last seen, ISO 8601 UTC; to within a twelfth of the stretch of time. */
  seenAt: string;
}

/**
 * What one workload was asked within a stretch of time.
 *
 * @public
 */
export interface WorkloadTraffic {
  namespace: string;
  name: string;
  /** Within the whole stretch; from counters, so no whole number. */
  requests: number;
  requestsPerSecond: number;
  /** Share of requests that failed, 0..1; undefined where there were no requests. */
  errorRatio?: number;
  /** Of requests that reached a replica. */
  p95Ms?: number;
  /** Requests per second over time; only when asked for. */
  trend?: MetricPoint[];
}

/**
 * A vector or matrix of a query of one's own.
 *
 * @public
 */
export interface MetricSeries {
  labels: Record<string, string>;
  points: MetricPoint[];
}

/**
 * Metrics of one environment, asked by meaning.
 *
 * @remarks
 * Each method throws `ServiceUnavailableError` when the Prometheus cannot be reached, is too slow, or answers what is no
 * answer, in words that name the environment and say what happened; `InputError` when the query is wrong by Prometheus'
 * own words. Answers are bounded: more series than can be shown are cut and `notes` say so.
 *
 * @public
 */
export interface MetricSource {
  /** As configured: `istio` or `app`. */
  readonly preset: 'istio' | 'app';

  red(
    workload: WorkloadRef,
    range: MetricRange,
    options?: { revision?: Revision; signal?: AbortSignal },
  ): Promise<RedSeries>;

  usage(
    workload: WorkloadRef,
    range: MetricRange,
    options?: { signal?: AbortSignal },
  ): Promise<UsageSeries>;

  totals(
    workload: WorkloadRef,
    interval: { from: string; to: string },
    options?: {
      revision?: Revision;
      slowerThanMs?: number[];
      /** Look for when data begin, which takes a few queries more. */
      since?: boolean;
      signal?: AbortSignal;
    },
  ): Promise<RequestTotals>;

  /**
   * How often containers of these pods restarted, from what kube-state-metrics counts; undefined when it counts nothing
   * of them. Extended to the ends of the stretch as `totals` are.
   */
  restarts(
    pods: { namespace: string; names: string[] },
    interval: { from: string; to: string },
    options?: { signal?: AbortSignal },
  ): Promise<number | undefined>;

  /** All requests between workloads of the environment's namespace, busiest first. */
  traffic(
    interval: { from: string; to: string },
    options?: { namespace?: string; signal?: AbortSignal },
  ): Promise<{ edges: TrafficEdge[]; notes: string[] }>;

  /**
   * All workloads of a namespace at once, for lists and maps: as many queries for a thousand as for one. Those nobody
   * ever asked are missing.
   */
  overview(
    interval: { from: string; to: string },
    options?: {
      namespace?: string;
      /** Points of `trend`; none without it. */
      trendStepMs?: number;
      signal?: AbortSignal;
    },
  ): Promise<{ workloads: WorkloadTraffic[]; notes: string[] }>;

  /** An instant query of one's own. */
  query(
    expression: string,
    options?: { at?: string; signal?: AbortSignal },
  ): Promise<{ series: MetricSeries[]; notes: string[] }>;

  /** A range query of one's own. */
  queryRange(
    expression: string,
    range: MetricRange,
    options?: { signal?: AbortSignal },
  ): Promise<{ series: MetricSeries[]; notes: string[] }>;
}

/**
 * Who calls or needs whom. `from` and `to` are entity refs.
 *
 * @public
 */
export interface Edge {
  from: string | 'unknown';
  to: string;
  source: 'catalog' | 'traffic' | 'trace';
  /** When traffic was last seen, ISO 8601 UTC. */
  seenAt?: string;
}
