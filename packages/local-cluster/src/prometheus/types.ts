/** Sorted by name; `__name__` is the metric's name. Frozen: one object per series. */
export type Labels = Readonly<Record<string, string>>;

export interface Matcher {
  name: string;
  operator: '=' | '!=' | '=~' | '!~';
  value: string;
}

/**
 * Stands where a series ended (Prometheus writes a special NaN, whose bits a JavaScript engine may lose). From its time on the
 * series is not there, until its next sample.
 */
export const STALE = -Number.MAX_VALUE;

/** Samples of one series, oldest first. The arrays are the reader's own. */
export interface SelectedSeries {
  labels: Labels;
  /** Unix milliseconds. */
  timesMs: Float64Array;
  values: Float64Array;
}

/** What a PromQL query reads from. */
export interface SeriesSource {
  /**
   * Series that match, with their samples of `fromMs` < time <= `toMs`; those with no samples in it are left out.
   * A matcher for an empty value also matches series without the label, as in Prometheus.
   * @param onRead - told of samples as they are read; what it throws ends the reading
   * @throws QueryError when it would read more than `limits` allow
   */
  select(
    matchers: readonly Matcher[],
    fromMs: number,
    toMs: number,
    onRead?: (samples: number) => void,
  ): SelectedSeries[];
}

/** Why a query has no answer; `errorType` as in Prometheus' HTTP API. */
export class QueryError extends Error {
  readonly errorType: 'bad_data' | 'execution' | 'timeout';

  constructor(errorType: QueryError['errorType'], message: string) {
    super(message);
    this.name = 'QueryError';
    this.errorType = errorType;
  }
}

/** Unix milliseconds and value. */
export type Point = [timeMs: number, value: number];

/** What an expression is worth: as the `data` of Prometheus' answers, before they are written as text. */
export type QueryValue =
  | { resultType: 'scalar'; result: Point }
  | { resultType: 'string'; result: [timeMs: number, value: string] }
  | { resultType: 'vector'; result: { metric: Labels; value: Point }[] }
  | { resultType: 'matrix'; result: { metric: Labels; values: Point[] }[] };

/** A sample as it was scraped or made. */
export interface Scraped {
  labels: Labels;
  value: number;
}

/** Makes metrics inside the cluster, beside those of the pods: the proxy's requests, the containers' CPU and memory. */
export interface MetricProducer {
  /** Name of the job under `/targets`: `istio`, `cadvisor`, `kube-state-metrics`. */
  job: string;
  /** `help` and `type` by metric name, for `/metadata`. */
  metadata: Readonly<
    Record<string, { type: 'counter' | 'gauge' | 'histogram'; help: string }>
  >;
  collect(): Iterable<Scraped>;
}
