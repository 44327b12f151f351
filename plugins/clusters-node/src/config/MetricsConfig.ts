/** How to reach the Prometheus of one environment. */
export interface PrometheusConfig {
  /** Without trailing slash; `/api/v1/query` is appended. */
  url: string;
  token?: string;
  headers: Record<string, string>;
  timeoutMs: number;
  /** How often targets are scraped: rates are taken over a multiple of it. */
  scrapeIntervalMs: number;
}

/** What a query of one's own may be about. */
export const QUERY_NAMES = [
  'requests',
  'errors',
  'durations',
  'traffic',
  'cpu',
  'memory',
] as const;

export type QueryName = (typeof QUERY_NAMES)[number];

/** Labels of Istio's metrics that are asked for; an installation may have renamed them. */
export const LABEL_NAMES = [
  'reporter',
  'response_code',
  'source_workload',
  'source_workload_namespace',
  'destination_workload',
  'destination_workload_namespace',
  'destination_service_name',
  'destination_service_namespace',
  'destination_canonical_revision',
  'namespace',
  'pod',
  'container',
] as const;

export type LabelName = (typeof LABEL_NAMES)[number];

/** What the metrics of one environment are called. */
export interface MetricNamesConfig {
  preset: 'istio' | 'app';
  reporter: 'source' | 'destination';
  /** Only those that differ. */
  labels: Partial<Record<LabelName, string>>;
  queries: Partial<Record<QueryName, string>>;
  /** Unit of the histogram of `queries.durations`. */
  durationUnit: 'seconds' | 'milliseconds';
}

/** Metrics of one environment. */
export interface MetricsConfig {
  prometheus: PrometheusConfig;
  names: MetricNamesConfig;
}
