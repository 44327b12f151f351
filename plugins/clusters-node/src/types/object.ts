/**
 * Any Kubernetes object, as JSON.
 *
 * @public
 */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: KubernetesMetadata;
  [field: string]: unknown;
}

/**
 * The part all Kubernetes objects share.
 *
 * @public
 */
export interface KubernetesMetadata {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  [field: string]: unknown;
}

/**
 * Names one object.
 *
 * @public
 */
export interface ObjectRef {
  apiVersion: string;
  kind: string;
  /** @defaultValue the namespace of the environment, for kinds that have one */
  namespace?: string;
  name: string;
}

/**
 * Names the objects of a kind.
 *
 * @public
 */
export interface ObjectListQuery {
  apiVersion: string;
  kind: string;
  /** @defaultValue the namespace of the environment, for kinds that have one */
  namespace?: string;
  labels?: Record<string, string>;
}
