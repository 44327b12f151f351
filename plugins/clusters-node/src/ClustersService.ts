import type { Entity } from '@backstage/catalog-model';
import type {
  ClusterState,
  Environment,
  EnvironmentWorkloads,
  EventView,
  KubernetesObject,
  LogChunk,
  LogOptions,
  ObjectListQuery,
  ObjectRef,
  PodRef,
  PodUsage,
  RolloutOptions,
  RolloutResult,
  WorkloadChange,
  WorkloadRef,
} from './types';

/**
 * Entities, environments and workloads, over all configured clusters.
 *
 * @remarks
 * Reads of workloads are answered from informers that all plugins of the process share, and never throw because a
 * cluster is dead: `state` tells. Everything else is a request with a time limit. Unknown environments are
 * `NotFoundError`s that name the known ones; a cluster that cannot be reached is a `ServiceUnavailableError`; what
 * the cluster refuses is the error of the same meaning from `@backstage/errors` with the cluster's own words.
 *
 * @public
 */
export interface ClustersService {
  environments(): Environment[];

  /** @throws `NotFoundError` that names the known environments */
  environment(name: string): Environment;

  state(environment: string): ClusterState;

  /**
   * Where the entity runs, by the standard `backstage.io/kubernetes-*` annotations. Empty when it has none.
   * The first call waits for the clusters to be listed, for a few seconds at most.
   */
  workloads(entity: Entity): Promise<EnvironmentWorkloads[]>;

  /** Calls back on each change of a workload, coalesced. Returns the unsubscribe function. */
  onChange(listener: (change: WorkloadChange) => void): () => void;

  /** Lines of one pod in the order they were written. Ends when the container ended, or when aborted. */
  logs(pod: PodRef, options: LogOptions): AsyncIterable<LogChunk>;

  /** Events of the given objects, newest first. */
  events(query: {
    environment: string;
    namespace: string;
    involved: { kind: string; name: string; uid?: string }[];
  }): Promise<EventView[]>;

  /** Usage by pod name; undefined when the cluster has no metrics.k8s.io. */
  podMetrics(
    environment: string,
    namespace: string,
    labels?: Record<string, string>,
  ): Promise<Map<string, PodUsage> | undefined>;

  /** Server-side apply, forced. A manifest without a namespace gets the one of the environment. */
  apply(
    environment: string,
    manifest: unknown,
    options: { fieldManager: 'ghostlight'; dryRun?: boolean },
  ): Promise<KubernetesObject>;

  get(
    environment: string,
    ref: ObjectRef,
  ): Promise<KubernetesObject | undefined>;

  list(
    environment: string,
    query: ObjectListQuery,
  ): Promise<KubernetesObject[]>;

  /** Deletes in the background. False when there was no such object. */
  delete(environment: string, ref: ObjectRef): Promise<boolean>;

  /**
   * Waits until the newest spec of a workload runs and is ready. Gives up early when replicas of the new revision
   * crash, cannot get their image or are refused. Rejects only when aborted.
   */
  waitForRollout(
    workload: WorkloadRef,
    options: RolloutOptions,
  ): Promise<RolloutResult>;
}
