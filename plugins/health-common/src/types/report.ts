import type { WorkloadHealth } from './workload';

/**
 * How well something does.
 *
 * - `healthy`: all that is wanted runs and is ready
 * - `degraded`: it serves, with less than is wanted, or it is on its way
 * - `failing`: it does not serve
 * - `unknown`: nothing is deployed, or nothing can be learned now
 *
 * @public
 */
export type HealthStatus = 'healthy' | 'degraded' | 'failing' | 'unknown';

/**
 * Why there is nothing to report: the entity names no workloads, or nothing of it is deployed.
 *
 * @public
 */
export type HealthProblem = 'not-annotated' | 'nothing-deployed';

/**
 * What was asked of something lately, as its callers saw it.
 *
 * @public
 */
export interface HealthTraffic {
  /** ISO 8601 duration it was looked at over. */
  window: string;
  requestsPerSecond: number;
  /** Share of requests that failed, 0..1; missing when there were none. */
  errorRatio?: number;
  /** Of several workloads, the slowest. */
  p95Ms?: number;
}

/**
 * The health of one entity in all of its environments.
 *
 * @public
 */
export interface HealthReport {
  /** Canonical ref, `component:default/orders`. */
  entityRef: string;
  /** When the report was made, ISO 8601 UTC. Durations in sentences count from here. */
  at: string;
  /** The worst of the environments. */
  status: HealthStatus;
  /** The answer in words a person could read out, e.g. `Healthy. 3 of 3 replicas ready.` */
  sentence: string;
  problem?: HealthProblem;
  /** What to do about `problem`: plain text, lines in backquotes are meant to be copied. */
  hint?: string;
  /** Of the environment the sentence begins with; missing when nobody counts its requests. */
  traffic?: HealthTraffic;
  environments: EnvironmentHealth[];
}

/**
 * The health of one entity in one environment.
 *
 * @public
 */
export interface EnvironmentHealth {
  environment: {
    name: string;
    tier: 'development' | 'staging' | 'production';
  };
  status: HealthStatus;
  sentence: string;
  cluster: ClusterReachability;
  workloads: WorkloadHealth[];
  /** Of all its workloads. */
  traffic?: HealthTraffic;
}

/**
 * Whether what is shown of a cluster is current.
 *
 * @public
 */
export interface ClusterReachability {
  reachable: boolean;
  /** Since when it is (un)reachable, ISO 8601 UTC. */
  since: string;
  /** Why it cannot be reached: a clause, e.g. `it did not answer within 10 s`. */
  error?: string;
}

/**
 * What a list needs of one entity.
 *
 * @public
 */
export interface HealthSummary {
  status: HealthStatus;
  sentence: string;
  /** Replicas that are ready, over all environments. */
  ready: number;
  /** Replicas that are wanted, over all environments. */
  desired: number;
  /** Of the environment the sentence begins with. */
  traffic?: HealthTraffic;
}

/**
 * Summaries by entity ref as it was asked for. Entities the caller may not see, and entities that do not exist, are missing.
 *
 * @public
 */
export type HealthSummaries = Record<string, HealthSummary>;
