import type { LabelName } from '../../config/MetricsConfig';

/** What is asked about. */
export interface Target {
  namespace: string;
  workload: string;
  /** Names of the Services in front of it: requests that reached no replica are known by them alone. */
  services: string[];
  /** As the mesh calls it; all revisions when missing. */
  revision?: string;
}

/** Traffic by workload. Series carry the labels of `Preset.label`. */
export interface TrafficQueries {
  /** Per second, by response code. */
  rates: string;
  /** Milliseconds; only where there is a histogram by workload. */
  p95?: string;
}

/** What to ask a Prometheus, by meaning. Every expression gives rates and levels in the units of `MetricSource`. */
export interface Preset {
  readonly name: 'istio' | 'app';
  /** Factor from the unit of the histogram's bounds to milliseconds. */
  readonly toMs: number;
  /** What one of our labels is called there. */
  label(name: LabelName): string;
  /** Per second, one series without labels. */
  requests(target: Target, windowMs: number): string;
  errors(target: Target, windowMs: number): string;
  /** Per second, cumulative, by `le`. */
  durations(target: Target, windowMs: number): string;
  /** Gives 0 where the workload is there to be asked; undefined when that cannot be told. */
  idle?(target: Target): string;
  /** Of the busiest replica. */
  cpu(target: Target, windowMs: number): string;
  memory(target: Target, windowMs: number): string;
  /** Of the containers of these pods together, how often within the window; kube-state-metrics' name. */
  restarts(namespace: string, pods: string[], windowMs: number): string;
  /** By caller, workload, Service and code; undefined when the metrics do not tell. */
  traffic(namespace: string, windowMs: number): TrafficQueries | undefined;
  /** By workload and code, or by Service where no replica was reached. */
  overview(namespace: string, windowMs: number): TrafficQueries | undefined;
  /** What limits the answers about this target. */
  notes(target: Target): string[];
}
