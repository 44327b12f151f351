import type {
  KubeObject,
  OwnerReference,
  PodIdentity,
  Store,
} from '../types.ts';

/** One end of a request as Istio names it: all pods of a workload's revision are one, so that the counts of replicas add up. */
export interface Peer {
  namespace: string;
  workload: string;
  canonicalService: string;
  canonicalRevision: string;
  app: string;
  version: string;
}

/** People and whatever else is no pod, and the other end of a request that reached none. In Istio's words. */
export const UNKNOWN: Peer = {
  namespace: 'unknown',
  workload: 'unknown',
  canonicalService: 'unknown',
  canonicalRevision: 'latest',
  app: 'unknown',
  version: 'unknown',
};

/** Which peer a pod is. There is one object per peer, so that counting compares by identity. */
export class Peers {
  readonly #store: Store;
  readonly #known = new Map<string, Peer>();

  constructor(store: Store) {
    this.#store = store;
  }

  of(pod: Pick<PodIdentity, 'namespace' | 'name' | 'labels'>): Peer {
    const peer = describe(pod, this.#workloadOf(pod));
    const key = JSON.stringify(Object.values(peer));
    const known = this.#known.get(key);
    if (known) return known;
    this.#known.set(key, peer);
    return peer;
  }

  /** A pod like those that were this peer becomes a new one. */
  forget(gone: ReadonlySet<Peer>): void {
    for (const [key, peer] of this.#known) {
      if (gone.has(peer)) this.#known.delete(key);
    }
  }

  /** The Deployment a pod belongs to, by way of its ReplicaSet; else its controller; else itself. */
  #workloadOf({
    namespace,
    name,
  }: Pick<PodIdentity, 'namespace' | 'name'>): string {
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

function describe(
  { namespace, labels }: Pick<PodIdentity, 'namespace' | 'labels'>,
  workload: string,
): Peer {
  const name = labels['app.kubernetes.io/name'];
  const version =
    labels['app.kubernetes.io/version'] || labels.version || 'latest';
  return {
    namespace,
    workload,
    canonicalService: name || labels.app || workload,
    canonicalRevision: version,
    app: labels.app || name || workload,
    version,
  };
}

function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(reference => reference.controller);
}
