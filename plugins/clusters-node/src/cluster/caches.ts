import { ObjectCache, type CacheListener } from '../informers/ObjectCache';
import type { Deployment, Pod, ReplicaSet } from '../kube/objects';

/** Everything that is watched in one cluster. */
export interface ClusterCaches {
  deployments: ObjectCache<Deployment>;
  replicaSets: ObjectCache<ReplicaSet>;
  pods: ObjectCache<Pod>;
}

/** Index of deployments by `namespace/key=value` of their own labels and those of their pods. */
export const BY_LABEL = 'label';
/** Index of deployments by namespace. */
export const BY_NAMESPACE = 'namespace';
/** Index of replica sets and pods by the uid of an owner. */
export const BY_OWNER = 'owner';
/** Index of replica sets by their own uid. */
export const BY_UID = 'uid';

export function createCaches(listeners: {
  deployment: CacheListener<Deployment>;
  replicaSet: CacheListener<ReplicaSet>;
  pod: CacheListener<Pod>;
}): ClusterCaches {
  return {
    deployments: new ObjectCache<Deployment>(
      {
        [BY_LABEL]: deployment =>
          Object.entries(deploymentLabels(deployment)).map(([key, value]) =>
            labelIndexValue(deployment.metadata.namespace, key, value),
          ),
        [BY_NAMESPACE]: ({ metadata }) => [metadata.namespace],
        [BY_UID]: ({ metadata }) => [metadata.uid],
      },
      listeners.deployment,
    ),
    replicaSets: new ObjectCache<ReplicaSet>(
      { [BY_OWNER]: ownersOf, [BY_UID]: ({ metadata }) => [metadata.uid] },
      listeners.replicaSet,
    ),
    pods: new ObjectCache<Pod>({ [BY_OWNER]: ownersOf }, listeners.pod),
  };
}

/** Labels by which a deployment is found: its own, and its pods' where it has none of that name. */
export function deploymentLabels(
  deployment: Deployment,
): Record<string, string> {
  return {
    ...deployment.spec.template.metadata?.labels,
    ...deployment.metadata.labels,
  };
}

export function labelIndexValue(
  namespace: string,
  key: string,
  value: string,
): string {
  return `${namespace}/${key}=${value}`;
}

function ownersOf(object: {
  metadata: { ownerReferences: { uid: string }[] };
}): string[] {
  return object.metadata.ownerReferences.map(({ uid }) => uid);
}
