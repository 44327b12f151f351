/**
 * What a replica does, in one word (or two).
 *
 * @public
 */
export type PodState =
  | 'ready'
  | 'pending'
  | 'starting'
  | 'not ready'
  | 'crashing'
  | 'failed'
  | 'terminating'
  | 'completed'
  | 'unknown';

/**
 * One replica.
 *
 * @public
 */
export interface PodHealth {
  name: string;
  state: PodState;
  /** Why it is not ready, in words. */
  reason?: string;
  restarts: number;
  lastTermination?: PodTermination;
  /** ISO 8601 UTC; missing until it was placed on a node. */
  startedAt?: string;
  /** Pod template hash of the revision it runs. */
  revisionHash?: string;
  node?: string;
  /** Missing when the cluster measures none. */
  cpu?: { cores: number; limitCores?: number };
  memory?: { bytes: number; limitBytes?: number };
}

/**
 * The last end of a container.
 *
 * @public
 */
export interface PodTermination {
  /** In words, e.g. `out of memory: used more than its limit of 96 MiB`. */
  reason: string;
  exitCode?: number;
  /** ISO 8601 UTC. */
  at?: string;
}
