import type {
  KubeObject,
  OwnerReference,
  PodIdentity,
  Store,
} from '../types.ts';
import type { RequestSource } from './request-counts.ts';

export const OUTSIDE: RequestSource = { workload: 'unknown', labels: {} };

/** One source for all pods of a workload with the same labels, so that the counts of replicas add up. */
export class RequestSources {
  readonly #store: Store;
  readonly #known = new Map<string, RequestSource>();

  constructor(store: Store) {
    this.#store = store;
  }

  of(pod: PodIdentity): RequestSource {
    const workload = this.#workloadOf(pod);
    const labels = Object.entries(pod.labels).sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    const key = JSON.stringify([pod.namespace, workload, labels]);
    let source = this.#known.get(key);
    if (!source) {
      source = {
        namespace: pod.namespace,
        workload,
        labels: Object.fromEntries(labels),
      };
      this.#known.set(key, source);
    }
    return source;
  }

  /** The Deployment a pod belongs to, by way of its ReplicaSet; else its controller; else itself. */
  #workloadOf({ namespace, name }: PodIdentity): string {
    const pod = this.#store.get({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace,
      name,
    });
    let owner = pod && controllerOf(pod);
    if (owner?.kind === 'ReplicaSet') {
      const { apiVersion, kind } = owner;
      const set = this.#store.get({
        apiVersion,
        kind,
        namespace,
        name: owner.name,
      });
      owner = (set && controllerOf(set)) ?? owner;
    }
    return owner?.name ?? name;
  }
}

function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(reference => reference.controller);
}
