import type { MetricsProblem } from './metrics';

/** @public */
export type ComparisonVerdict =
  | 'no-worse'
  | 'better'
  | 'worse'
  | 'undecided'
  | 'no-data';

/**
 * The last deploy of a workload: what was measured before and after it.
 *
 * @public
 */
export interface DeployComparison {
  entityRef: string;
  environment: string;
  at: string;
  problem?: MetricsProblem;
  /** One for each workload that has a revision. */
  workloads: WorkloadComparison[];
}

/** @public */
export interface WorkloadComparison {
  workload: { namespace: string; kind: 'Deployment' | 'Rollout'; name: string };
  before: ComparedSide;
  after: ComparedSide;
  /** The worst of the metrics; `undecided` when the traffic cannot tell. */
  verdict: ComparisonVerdict;
  /** Readable out loud: `No worse: 0.2 % errors before and after, p95 84 ms after 81 ms.` */
  sentence: string;
  metrics: ComparedMetric[];
  notes: string[];
}

/** @public */
export interface ComparedSide {
  /** ISO 8601 UTC. */
  from: string;
  to: string;
  /** Pod template hash; undefined before the first. */
  revision?: string;
  commit?: { repo: string; sha: string; message?: string };
  by?: string;
  byName?: string;
  requests: number;
}

/** @public */
export interface ComparedMetric {
  metric: 'errors' | 'p50' | 'p95' | 'p99' | 'requests' | 'cpu' | 'memory';
  unit: 'ratio' | 'ms' | 'per-second' | 'cores' | 'bytes';
  before?: number;
  after?: number;
  /** after - before. */
  difference?: number;
  /** Interval of the difference, where one can be given: those of all metrics hold together in 95 % of cases (98.75 % each). */
  interval?: [low: number, high: number];
  verdict: ComparisonVerdict;
  note?: string;
}
