import type { Entity } from '@backstage/catalog-model';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type {
  ClustersService,
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
  WorkloadChange,
} from '@ghostlight/plugin-clusters-node';
import { FakeLogs } from './FakeLogs';

/** What health reads of clusters, from memory. */
export class FakeClusters
  implements
    Pick<
      ClustersService,
      | 'environments'
      | 'environment'
      | 'state'
      | 'workloads'
      | 'onChange'
      | 'logs'
      | 'events'
      | 'podMetrics'
      | 'get'
      | 'list'
    >
{
  readonly found = new Map<string, EnvironmentWorkloads[]>();
  readonly usage = new Map<string, PodUsage>();
  readonly kubernetesEvents: EventView[] = [];
  /** Services and Deployments, by which Prometheus' names are understood. */
  readonly objects: KubernetesObject[] = [];
  readonly podLogs = new FakeLogs();
  readonly #listeners = new Set<(change: WorkloadChange) => void>();

  environments(): Environment[] {
    const all = [...this.found.values()].flat();
    return all.map(({ environment }) => environment);
  }

  environment(name: string): Environment {
    const environment = this.environments().find(each => each.name === name);
    if (!environment) {
      throw new NotFoundError(`There is no environment "${name}"`);
    }
    return environment;
  }

  state() {
    return { reachable: true, since: new Date(0).toISOString() };
  }

  async workloads(entity: Entity): Promise<EnvironmentWorkloads[]> {
    return this.found.get(entity.metadata.name) ?? [];
  }

  onChange(listener: (change: WorkloadChange) => void): () => void {
    this.#listeners.add(listener);
    const stop = this.podLogs.onChange(() => this.change('orders'));
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  }

  change(name: string, changes: Partial<WorkloadChange> = {}): void {
    this.#listeners.forEach(listener =>
      listener({
        environment: 'local',
        kind: 'Pod',
        namespace: 'default',
        name,
        labels: { 'backstage.io/kubernetes-id': name },
        ...changes,
      }),
    );
  }

  logs({ name }: PodRef, options: LogOptions): AsyncIterable<LogChunk> {
    return this.podLogs.read(name, options);
  }

  async events(): Promise<EventView[]> {
    return this.kubernetesEvents;
  }

  async get(_environment: string, { kind, name }: ObjectRef) {
    return this.objects.find(
      object => object.kind === kind && object.metadata.name === name,
    );
  }

  async list(_environment: string, { kind }: ObjectListQuery) {
    return this.objects.filter(object => object.kind === kind);
  }

  async podMetrics(): Promise<Map<string, PodUsage> | undefined> {
    if (this.usage.size === 0) {
      throw new ServiceUnavailableError('The cluster did not answer');
    }
    return this.usage;
  }
}
