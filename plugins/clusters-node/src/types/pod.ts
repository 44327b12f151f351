import type { ConditionView } from './workload';

/**
 * What a pod does.
 *
 * @public
 */
export type PodViewState =
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
 * A replica as the cluster last told it.
 *
 * @public
 */
export interface PodView {
  name: string;
  namespace: string;
  uid: string;
  /** `status.phase`. */
  phase: string;
  state: PodViewState;
  ready: boolean;
  /** Why it is not ready, in words; missing when it is. */
  notReadyReason?: string;
  /** Sum over its containers. */
  restarts: number;
  lastTermination?: TerminationView;
  node?: string;
  /** Value of the label `pod-template-hash`. */
  revisionHash?: string;
  createdAt: string;
  startedAt?: string;
  requests: ResourceAmounts;
  limits: ResourceAmounts;
  /** Image of its first container. */
  image?: string;
  containers: string[];
  conditions: ConditionView[];
}

/**
 * The last end of a container of a pod.
 *
 * @public
 */
export interface TerminationView {
  container: string;
  /** As Kubernetes has it: `Error`, `OOMKilled`, `Completed`. */
  reason: string;
  /** The same for people. */
  words: string;
  exitCode?: number;
  /** ISO 8601 UTC. */
  at?: string;
}

/**
 * CPU in cores, memory in bytes, summed over the containers of a pod. Missing when a container states none.
 *
 * @public
 */
export interface ResourceAmounts {
  cpuCores?: number;
  memoryBytes?: number;
}

/**
 * What a pod uses now.
 *
 * @public
 */
export interface PodUsage {
  cpuCores: number;
  memoryBytes: number;
  /** End of the window it was measured over, ISO 8601 UTC. */
  at: string;
}
