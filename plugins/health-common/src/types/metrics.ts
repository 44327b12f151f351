/**
 * Unix seconds and value; null where nothing was measured.
 *
 * @public
 */
export type HealthPoint = [at: number, value: number | null];

/**
 * Stretches of time the Health tab offers, ISO 8601 durations.
 *
 * @public
 */
export const HEALTH_WINDOWS = [
  'PT5M',
  'PT15M',
  'PT1H',
  'PT6H',
  'PT24H',
] as const;

/** @public */
export type HealthWindow = (typeof HEALTH_WINDOWS)[number];

/**
 * Why there are no metrics, or not all, in words a person can act on.
 *
 * @public
 */
export interface MetricsProblem {
  code: 'not-configured' | 'unavailable' | 'no-workloads';
  /** What happened. */
  message: string;
  /** What to do about it. */
  hint?: string;
}

/**
 * Metrics of one entity in one environment over a window; all series have their points at the same times.
 *
 * @public
 */
export interface HealthMetrics {
  entityRef: string;
  environment: string;
  /** ISO 8601 UTC. */
  from: string;
  to: string;
  /** Between two points; the last one may follow sooner, so that it is of now. */
  stepSeconds: number;
  problem?: MetricsProblem;
  /** What limits these numbers. */
  notes: string[];
  workloads: WorkloadMetrics[];
  /** Newest last. */
  deploys: DeployMarker[];
}

/** @public */
export interface WorkloadMetrics {
  workload: { namespace: string; kind: 'Deployment' | 'Rollout'; name: string };
  /** Requests per second as callers saw them. */
  requests: HealthPoint[];
  /** Share of requests that failed, 0..1; null where there were none. */
  errors: HealthPoint[];
  p50Ms: HealthPoint[];
  p95Ms: HealthPoint[];
  p99Ms: HealthPoint[];
  /** Of the busiest replica. */
  cpuCores: HealthPoint[];
  memoryBytes: HealthPoint[];
  /** Of one replica, as its pod template says. */
  cpuLimitCores?: number;
  memoryLimitBytes?: number;
}

/** @public */
export interface DeployMarker {
  /** ISO 8601 UTC. */
  at: string;
  workload: string;
  /** Pod template hash. */
  revision: string;
  commit?: { repo: string; sha: string; message?: string };
  /** Entity ref, and the name people know. */
  by?: string;
  byName?: string;
}

/**
 * A file format for the same numbers.
 *
 * @public
 */
export type ExportFormat = 'csv' | 'json';
