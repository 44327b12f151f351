import { NotFoundError } from '@backstage/errors';
import {
  Environment,
  KubernetesObject,
  ObjectListQuery,
  ObjectRef,
  RolloutOptions,
  RolloutResult,
} from '@ghostlight/plugin-clusters-node';
import { Cluster } from '../service/ports';

const ENVIRONMENTS: Environment[] = [
  {
    name: 'local',
    tier: 'development',
    cluster: 'local',
    namespace: 'default',
    images: { builder: 'store' },
    deployOnPush: true,
  },
  {
    name: 'live',
    tier: 'production',
    cluster: 'live',
    namespace: 'shop',
    images: { builder: 'store' },
    deployOnPush: true,
  },
];

/** Keeps objects in a map, as far as a deployment can tell a cluster from one. */
export class FakeCluster implements Cluster {
  readonly objects = new Map<string, KubernetesObject>();
  readonly calls: string[] = [];
  rollout: (options: RolloutOptions) => Promise<RolloutResult> = async () => ({
    ok: true,
  });
  /** Called before each request; may throw or wait. */
  before: (call: string) => Promise<void> = async () => undefined;

  environments() {
    return ENVIRONMENTS;
  }

  environment(name: string) {
    const found = ENVIRONMENTS.find(each => each.name === name);
    if (!found) {
      throw new NotFoundError(
        `There is no environment ${name}; known are local, live`,
      );
    }
    return found;
  }

  async apply(environment: string, manifest: KubernetesObject) {
    await this.#call('apply', environment, manifest);
    this.put(environment, manifest);
    return manifest;
  }

  async get(environment: string, ref: ObjectRef) {
    return this.objects.get(key(environment, ref.kind, ref.name));
  }

  async list(environment: string, query: ObjectListQuery) {
    await this.before(`list ${environment} ${query.kind}`);
    return [...this.objects.entries()]
      .filter(([at]) => at.startsWith(`${environment} ${query.kind} `))
      .map(([, object]) => object)
      .filter(object =>
        Object.entries(query.labels ?? {}).every(
          ([label, value]) => object.metadata.labels?.[label] === value,
        ),
      );
  }

  async delete(environment: string, ref: ObjectRef) {
    await this.#call('delete', environment, {
      ...ref,
      metadata: { name: ref.name },
    });
    return this.objects.delete(key(environment, ref.kind, ref.name));
  }

  async waitForRollout(
    workload: { name: string; environment: string },
    options: RolloutOptions,
  ) {
    this.calls.push(`wait ${workload.environment} ${workload.name}`);
    return this.rollout(options);
  }

  put(environment: string, object: KubernetesObject) {
    this.objects.set(
      key(environment, object.kind, object.metadata.name),
      object,
    );
  }

  async #call(verb: string, environment: string, object: KubernetesObject) {
    const call = `${verb} ${environment} ${object.kind} ${object.metadata.name}`;
    await this.before(call);
    this.calls.push(call);
  }
}

function key(environment: string, kind: string, name: string) {
  return `${environment} ${kind} ${name}`;
}
