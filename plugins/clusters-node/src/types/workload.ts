import type { PodView } from './pod';
import type { ClusterState, Environment } from './environment';

/**
 * A workload by name.
 *
 * @public
 */
export interface WorkloadRef {
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
export interface Revision {
  workload: WorkloadRef;
  /** Value of the label `pod-template-hash` of its replica set and pods. */
  hash: string;
  /** Its pods' label `app.kubernetes.io/version`, else `version`: what a mesh calls the revision. */
  version?: string;
  images: string[];
  /** When it was deployed, ISO 8601 UTC. */
  at: string;
  /** Who deployed it: a user entity ref. */
  by?: string;
  runId?: string;
  commit?: {
    /** Repository name; for `image-tag` the repository part of the image. */
    repo: string;
    /** Full id by annotation, a prefix of it otherwise. */
    sha: string;
    via: 'annotation' | 'oci-label' | 'image-tag' | 'argocd';
  };
}

/**
 * A condition of a Kubernetes object.
 *
 * @public
 */
export interface ConditionView {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  /** Last transition, ISO 8601 UTC. */
  at?: string;
}

/**
 * A workload as the cluster last told it, with its pods.
 *
 * @public
 */
export interface WorkloadView {
  ref: WorkloadRef;
  uid: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  createdAt: string;
  /** Replicas that are wanted. */
  desired: number;
  ready: number;
  /** Replicas of the current revision. */
  updated: number;
  available: number;
  /** Whether the controller has seen the newest spec. */
  observed: boolean;
  /** How long a rollout may make no progress before it counts as failed, seconds. */
  progressDeadlineSeconds?: number;
  revision: Revision | undefined;
  /** Newest first: those that still have a replica set. The first is not always the current one. */
  revisions: Revision[];
  pods: PodView[];
  conditions: ConditionView[];
  paused: boolean;
}

/**
 * The workloads of an entity in one environment. `workloads` is what was last known when the cluster is not reachable.
 *
 * @public
 */
export interface EnvironmentWorkloads {
  environment: Environment;
  state: ClusterState;
  workloads: WorkloadView[];
}

/**
 * A workload, replica set or pod changed. Several changes of one workload within a moment are one.
 *
 * @public
 */
export interface WorkloadChange {
  environment: string;
  kind: 'Deployment' | 'Pod' | 'Cluster';
  namespace: string;
  /** Name of the workload; of the cluster when its reachability changed. */
  name: string;
  /** Labels of the workload and of its pod template; empty for a cluster. */
  labels: Record<string, string>;
}
