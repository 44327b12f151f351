import type { KubeObject, ObjectKey } from '../types.ts';

export const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };
export const REPLICA_SET = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
export const POD = { apiVersion: 'v1', kind: 'Pod' };
export const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace' };
export const EVENT = { apiVersion: 'v1', kind: 'Event' };

/** Kinds that live in a namespace, in the order in which a namespace is emptied: owners first. */
export const NAMESPACED_KINDS = [
  DEPLOYMENT,
  REPLICA_SET,
  POD,
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
  { apiVersion: 'v1', kind: 'Endpoints' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'Secret' },
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  EVENT,
];

/** Kinds without a namespace that may own something. */
export const CLUSTER_KINDS = [NAMESPACE, { apiVersion: 'v1', kind: 'Node' }];

export function keyOf({ apiVersion, kind, metadata }: KubeObject): ObjectKey {
  const { namespace, name } = metadata;
  return { apiVersion, kind, namespace, name };
}

/** A key as text, for queues and maps. */
export const textOfKey = ({ apiVersion, kind, namespace, name }: ObjectKey) =>
  [apiVersion, kind, namespace ?? '', name].join('|');

export function keyOfText(text: string): ObjectKey {
  const [apiVersion, kind, namespace, name] = text.split('|');
  return { apiVersion, kind, namespace: namespace || undefined, name };
}
