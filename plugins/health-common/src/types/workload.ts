import type { HealthStatus, HealthTraffic } from './report';
import type { PodHealth } from './pod';

/**
 * A workload by name.
 *
 * @public
 */
export interface HealthWorkloadRef {
  environment: string;
  namespace: string;
  kind: 'Deployment' | 'Rollout';
  name: string;
}

/**
 * One deployed version of a workload.
 *
 * @public
 */
export interface HealthRevision {
  /** Pod template hash; the same as `revisionHash` of the pods that run it. */
  hash: string;
  commit?: {
    /** Repository name in the forge. */
    repo: string;
    /** Full commit id where known, else as many digits as are known. */
    sha: string;
    /** First line of the commit message, when the forge could be asked. */
    message?: string;
    author?: string;
    /** When it was committed, ISO 8601 UTC. */
    at?: string;
  };
  images: string[];
  /** When it was deployed, ISO 8601 UTC. */
  at: string;
  /** Who deployed it: a user entity ref. */
  by?: string;
}

/**
 * A workload and its replicas.
 *
 * @public
 */
export interface WorkloadHealth {
  ref: HealthWorkloadRef;
  status: HealthStatus;
  sentence: string;
  revision?: HealthRevision;
  replicas: {
    desired: number;
    ready: number;
    /** How many run the current revision. */
    updated: number;
  };
  pods: PodHealth[];
  traffic?: HealthTraffic;
}
