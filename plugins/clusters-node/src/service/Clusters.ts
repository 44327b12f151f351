import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { Cluster, type ClusterTimings } from '../cluster/Cluster';
import type { ClustersService } from '../ClustersService';
import type { ClustersConfig } from '../config/ClustersConfig';
import { workloadQuery } from '../entity/workloadQuery';
import { listEvents } from '../events/listEvents';
import type { Deployment } from '../kube/objects';
import { deploymentLabels } from '../cluster/caches';
import { streamLog } from '../logs/streamLog';
import { readPodMetrics } from '../metrics/readPodMetrics';
import { waitForRollout } from '../rollout/waitForRollout';
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
} from '../types';
import { workloadView } from '../workloads/workloadView';
import { ChangeFeed } from './ChangeFeed';
import { ClusterObjects } from './ClusterObjects';
import { findEnvironment } from './findEnvironment';
import { rolloutSource } from './rolloutSource';

export interface ClustersOptions {
  config: ClustersConfig;
  logger: LoggerService;
  timings: ClusterTimings;
  now: () => Date;
}

/** How long a first read waits for a cluster that was not listed yet. */
const FIRST_LIST_MS = 4_000;
const CHANGE_WINDOW_MS = 100;

/** The clusters of the configuration behind one interface. */
export class Clusters implements ClustersService {
  readonly #options: ClustersOptions;
  readonly #clusters: Map<string, Cluster>;
  readonly #feed: ChangeFeed;

  constructor(options: ClustersOptions) {
    this.#options = options;
    this.#feed = new ChangeFeed(CHANGE_WINDOW_MS, options.logger);
    this.#clusters = new Map(
      [...options.config.clusters.values()].map(config => [
        config.name,
        new Cluster({
          config,
          logger: options.logger,
          timings: options.timings,
          now: options.now,
          onWorkloadChange: (deployment, kind) =>
            this.#workloadChanged(config.name, deployment, kind),
          onReachabilityChange: () => this.#reachabilityChanged(config.name),
        }),
      ]),
    );
  }

  environments(): Environment[] {
    return this.#options.config.environments;
  }

  environment(name: string): Environment {
    return findEnvironment(this.environments(), name);
  }

  state(environment: string): ClusterState {
    return this.#clusterOf(this.environment(environment)).state;
  }

  async workloads(entity: Entity): Promise<EnvironmentWorkloads[]> {
    const query = workloadQuery(entity);
    if (!query) {
      return [];
    }
    const environments = this.environments().filter(
      ({ cluster }) => !query.cluster || query.cluster === cluster,
    );
    return Promise.all(
      environments.map(async environment => {
        const cluster = this.#clusterOf(environment);
        await cluster.ready(FIRST_LIST_MS);
        const namespace = query.namespace ?? environment.namespace;
        return {
          environment,
          state: cluster.state,
          workloads: cluster
            .find(namespace, query.requirements)
            .map(tree =>
              workloadView({
                environment: environment.name,
                ...tree,
                now: this.#options.now(),
              }),
            )
            .sort((a, b) => a.ref.name.localeCompare(b.ref.name)),
        };
      }),
    );
  }

  onChange(listener: (change: WorkloadChange) => void): () => void {
    for (const environment of this.environments()) {
      void this.#clusterOf(environment).ready(0);
    }
    return this.#feed.subscribe(listener);
  }

  async *logs(pod: PodRef, options: LogOptions): AsyncGenerator<LogChunk> {
    const cluster = this.#clusterOf(this.environment(pod.environment));
    const path = await cluster.paths.of({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: pod.namespace,
      name: pod.name,
    });
    yield* streamLog(cluster.http, path, options);
  }

  async events(query: {
    environment: string;
    namespace: string;
    involved: { kind: string; name: string; uid?: string }[];
  }): Promise<EventView[]> {
    const cluster = this.#clusterOf(this.environment(query.environment));
    return listEvents(cluster.http, query.namespace, query.involved);
  }

  async podMetrics(
    environment: string,
    namespace: string,
    labels?: Record<string, string>,
  ): Promise<Map<string, PodUsage> | undefined> {
    const cluster = this.#clusterOf(this.environment(environment));
    return readPodMetrics(cluster.http, namespace, labels);
  }

  async apply(
    environment: string,
    manifest: unknown,
    options: { fieldManager: 'ghostlight'; dryRun?: boolean },
  ): Promise<KubernetesObject> {
    return this.#objectsOf(environment).apply(manifest, options);
  }

  async get(
    environment: string,
    ref: ObjectRef,
  ): Promise<KubernetesObject | undefined> {
    return this.#objectsOf(environment).get(ref);
  }

  async list(
    environment: string,
    query: ObjectListQuery,
  ): Promise<KubernetesObject[]> {
    return this.#objectsOf(environment).list(query);
  }

  async delete(environment: string, ref: ObjectRef): Promise<boolean> {
    return this.#objectsOf(environment).delete(ref);
  }

  async waitForRollout(
    workload: WorkloadRef,
    options: RolloutOptions,
  ): Promise<RolloutResult> {
    const cluster = this.#clusterOf(this.environment(workload.environment));
    await cluster.ready(FIRST_LIST_MS);
    return waitForRollout(
      workload,
      rolloutSource({
        workload,
        cluster,
        feed: this.#feed,
        now: this.#options.now,
        getDeployment: () =>
          this.get(workload.environment, {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            namespace: workload.namespace,
            name: workload.name,
          }),
        logs: (pod, logOptions) => this.logs(pod, logOptions),
      }),
      options,
    );
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.#clusters.values()].map(cluster => cluster.stop()),
    );
  }

  #objectsOf(name: string): ClusterObjects {
    const environment = this.environment(name);
    return new ClusterObjects(
      this.#clusterOf(environment),
      environment.namespace,
    );
  }

  #clusterOf(environment: Environment): Cluster {
    const cluster = this.#clusters.get(environment.cluster);
    if (!cluster) {
      // readClustersConfig checks this.
      throw new Error(`Environment ${environment.name} has no cluster`);
    }
    return cluster;
  }

  #workloadChanged(
    clusterName: string,
    deployment: Deployment,
    kind: 'Deployment' | 'Pod',
  ): void {
    const { namespace, name } = deployment.metadata;
    const onCluster = this.environments().filter(
      ({ cluster }) => cluster === clusterName,
    );
    const inNamespace = onCluster.filter(
      environment => environment.namespace === namespace,
    );
    // Entities may name a namespace that is no environment's own.
    for (const environment of inNamespace.length > 0
      ? inNamespace
      : onCluster) {
      this.#feed.publish({
        environment: environment.name,
        kind,
        namespace,
        name,
        labels: deploymentLabels(deployment),
      });
    }
  }

  #reachabilityChanged(clusterName: string): void {
    for (const { name, cluster, namespace } of this.environments()) {
      if (cluster === clusterName) {
        this.#feed.publish({
          environment: name,
          kind: 'Cluster',
          namespace,
          name: clusterName,
          labels: {},
        });
      }
    }
  }
}
