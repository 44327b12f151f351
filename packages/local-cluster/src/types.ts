/** A JSON value as it appears in a Kubernetes object. */
export type Json =
  | string
  | number
  | boolean
  | null
  | Json[]
  | { [key: string]: Json | undefined };

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  generateName?: string;
  managedFields?: Json[];
}

/** A stored object: metadata is complete, the rest is what its kind says. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

/** What a writer hands in: the store fills uid, resourceVersion, times and generation. */
export interface NewObject {
  apiVersion: string;
  kind: string;
  metadata: Partial<ObjectMeta> & { name?: string };
  [field: string]: unknown;
}

/** Identity of an object in the store; namespace is undefined for cluster-scoped kinds. */
export interface ObjectKey {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubeObject;
  /** The object before a MODIFIED or DELETED, when the store still knows it: lets a selector tell "left" from "never matched". */
  previous?: KubeObject;
}

/** Narrows a list or a watch to one kind, optionally one namespace. */
export interface Scope {
  apiVersion: string;
  kind: string;
  namespace?: string;
}

/**
 * The only state of the cluster. Reads and writes are synchronous (node:sqlite); every write bumps the
 * cluster-wide resourceVersion and is seen by watchers in order. Objects handed out must not be mutated.
 */
export interface Store {
  get(key: ObjectKey): KubeObject | undefined;
  list(scope: Scope): { items: KubeObject[]; resourceVersion: string };
  /** @throws ApiError AlreadyExists */
  create(object: NewObject): KubeObject;
  /**
   * Replaces the object. When `metadata.resourceVersion` is set it must be the stored one. Bumps `generation` if `spec` changed.
   * With `subresource: 'status'` only `status` is taken from the given object, else `status` is kept as stored.
   * @throws ApiError Conflict, NotFound
   */
  update(object: KubeObject, options?: { subresource?: 'status' }): KubeObject;
  /**
   * Read, change, write again until no conflict. `change` returns the new object or undefined for "nothing to do".
   * Unlike `update` without a subresource it writes metadata, spec AND status as returned: for controllers and the kubelet.
   */
  modify(
    key: ObjectKey,
    change: (current: KubeObject) => KubeObject | undefined,
  ): KubeObject | undefined;
  /**
   * Removes the object at once when it has no finalizers, else sets deletionTimestamp; the last finalizer's removal by
   * `modify`/`update` then removes it. Propagation is the garbage collector's work.
   *
   * `gracePeriodSeconds` > 0 only sets deletionTimestamp and deletionGracePeriodSeconds: whoever runs the object (the kubelet,
   * for a Pod) ends it and calls `remove` again without. A Namespace counts `spec.finalizers` as finalizers: its controller empties
   * the namespace and then writes `spec.finalizers: []` (or `[]` absent), which removes it.
   * @throws ApiError Conflict when `uid` is given and is not the stored object's
   */
  remove(
    key: ObjectKey,
    options?: { uid?: string; gracePeriodSeconds?: number },
  ): KubeObject | undefined;
  /**
   * Every event of the scope from now on (or after `sinceResourceVersion`), in order, after the write that made it returned.
   * Returns the unsubscribe function.
   * @throws ApiError Expired when the events after `sinceResourceVersion` are no longer known
   */
  watch(
    scope: Scope,
    listener: (event: WatchEvent) => void,
    sinceResourceVersion?: string,
  ): () => void;
}

/** The `reason` words of a Kubernetes Status and their HTTP codes. */
export type StatusReason =
  | 'BadRequest'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Gone'
  | 'Expired'
  | 'RequestEntityTooLarge'
  | 'UnsupportedMediaType'
  | 'Invalid'
  | 'TooManyRequests'
  | 'InternalError'
  | 'ServiceUnavailable'
  | 'NotImplemented';

/** Time comes in through the constructor so that tests need no sleeping. */
export interface Clock {
  now(): Date;
  /** Like setTimeout/clearTimeout. Returns a cancel function. */
  after(ms: number, run: () => void): () => void;
}

/** Who a pod is, to the parts that do not read pods. */
export interface PodIdentity {
  namespace: string;
  name: string;
  uid: string;
  labels: Record<string, string>;
}

/** Kubelet -> proxy: the network of one pod. */
export interface PodNetwork {
  /**
   * Opens a listener per Service of the pod's namespace that belongs to this pod alone (so that callers are known) and
   * returns the `<NAME>_SERVICE_HOST` / `<NAME>_SERVICE_PORT` variables. Services made later get listeners too, without a variable.
   */
  attach(pod: PodIdentity): Promise<Record<string, string>>;
  /** Closes the pod's own listeners. */
  detach(podUid: string): Promise<void>;
  /** Takes the pod out of every Service at once and resolves when its requests in flight are done or `drainMs` passed. Called BEFORE SIGTERM. */
  drain(podUid: string, drainMs: number): Promise<void>;
}

/** Kubelet -> images: what an image reference stands for. */
export interface ResolvedImage {
  /** Folder with the built sources. Read-only by convention. */
  directory: string;
  /** argv of the image's entrypoint, from `run.command` of its ghostlight.yaml. */
  command: string[];
}
export interface ImageStore {
  /** undefined when no such image was built. */
  resolve(image: string): ResolvedImage | undefined;
}

/** API -> kubelet: pods/log. */
export interface LogQuery {
  follow: boolean;
  tailLines?: number;
  sinceSeconds?: number;
  sinceTime?: string;
  timestamps: boolean;
  previous: boolean;
  limitBytes?: number;
  signal: AbortSignal;
}
export interface PodLogs {
  /** Whole lines without their newline. Ends when the container ended (or at once without follow). @throws ApiError BadRequest when there is no such log */
  read(pod: KubeObject, query: LogQuery): AsyncIterable<string>;
}

/** API -> kubelet: usage of running pods for metrics.k8s.io. */
export interface PodUsage {
  namespace: string;
  pod: string;
  container: string;
  /** cores, 0.25 = a quarter of one core, over the window */
  cpuCores: number;
  memoryBytes: number;
  at: string;
  windowSeconds: number;
}
export interface PodMetrics {
  usage(namespace?: string): PodUsage[];
}

/** A part that serves its own paths beside the Kubernetes API, e.g. `/images`. Called after authentication. */
export interface HttpExtension {
  /** Path prefix without trailing slash. */
  prefix: string;
  handle(
    request: import('node:http').IncomingMessage,
    response: import('node:http').ServerResponse,
    url: URL,
  ): Promise<void>;
}

/** A part of the cluster that runs until stopped. */
export interface Running {
  stop(): Promise<void>;
}
