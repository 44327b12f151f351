/**
 * Where a deployment stands; the last three are final.
 *
 * @public
 */
export type DeploymentState =
  | 'queued'
  | 'building'
  | 'applying'
  | 'rolling out'
  | 'succeeded'
  | 'failed'
  | 'superseded';

/**
 * What made a deployment happen.
 *
 * @public
 */
export type DeploymentOrigin = 'template' | 'push' | 'manual';

/**
 * One commit of one component on its way to one environment.
 *
 * @public
 */
export type Deployment = {
  id: string;
  /** The component, e.g. `component:default/orders`. */
  entityRef: string;
  /** Name of the repository in the forge. */
  repository: string;
  environment: string;
  /** The 40 hexadecimal digits of the commit. */
  sha: string;
  /** Idempotency key: the same key for the same repository and environment is the same deployment. */
  key: string;
  state: DeploymentState;
  /** Grows with each change; signals carry it. */
  version: number;
  /** In words, once it failed or was superseded. */
  reason?: string;
  /** Entity reference of the person, or the subject of a service. */
  by: string;
  origin: DeploymentOrigin;
  /** When it was asked for, ISO 8601. */
  startedAt: string;
  finishedAt?: string;
  /** The image that was built, `name:tag`. */
  image?: string;
  /** Where the component answers, if the cluster tells. */
  url?: string;
  /** The deployment that took its place. */
  supersededBy?: string;
};

/** @public */
export type DeploymentPage = {
  items: Deployment[];
  page: number;
  totalPages: number;
};

/** @public */
export type DeploymentLogLine = {
  /** Grows with each line, not necessarily by one. */
  n: number;
  at: string;
  line: string;
};

/** @public */
export type DeploymentLog = {
  lines: DeploymentLogLine[];
  /** The `after` to ask with next. */
  next: number;
  /** No line will follow those in this answer. */
  complete: boolean;
};

/** @public */
export type DeploymentRequest = {
  repository: string;
  environment: string;
  /** Checked against the `catalog-info.yaml` of the commit when given. */
  entityRef?: string;
  /** The head of the default branch when not given. */
  sha?: string;
  key?: string;
};

/**
 * An environment as far as the person who deploys needs to know it.
 *
 * @public
 */
export type DeliveryEnvironment = {
  name: string;
  tier: 'development' | 'staging' | 'production';
  deployOnPush: boolean;
};

/** @public */
export type RemovedObject = {
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
};

/**
 * What was removed of a component, or would be.
 *
 * @public
 */
export type Removal = {
  entityRef: string;
  dryRun: boolean;
  environments: Array<{
    environment: string;
    objects: RemovedObject[];
    /** Why nothing can be said or done about this environment. */
    error?: string;
  }>;
};

const FINAL: ReadonlySet<DeploymentState> = new Set([
  'succeeded',
  'failed',
  'superseded',
]);

/**
 * Whether nothing more will happen to a deployment in this state.
 *
 * @public
 */
export function isFinal(state: DeploymentState): boolean {
  return FINAL.has(state);
}

/**
 * What is to be brought into the portal: a repository, or manifests that somebody has.
 *
 * @public
 */
export type ImportRequest = {
  /** A repository of the forge, or `host/owner/name`. */
  repository?: string;
  /** Kubernetes manifests, YAML; instead of a repository. */
  manifests?: string;
  /** Name of the component; taken from the workload or the repository when not given. */
  name?: string;
  /** Entity ref of the owner to be. */
  owner: string;
  /** Entity ref of the system it is part of. */
  system?: string;
};

/** @public */
export type ImportedWorkload = {
  kind: string;
  name: string;
  /** `k8s/deployment.yaml:1` where a manifest declares it. */
  source?: string;
  /** Environments in which one of this name runs now. */
  runsIn: string[];
};

/** @public */
export type ImportProposal = {
  name: string;
  repository?: string;
  /** The component that the repository is already. */
  existing?: string;
  workloads: ImportedWorkload[];
  /** Annotations of the component to be, each with its reason. */
  annotations: Array<{ key: string; value: string; why: string }>;
  /** Components it seems to call, by addresses in its environment variables. */
  dependsOn: Array<{ entityRef: string; why: string }>;
  /** Files to add to the repository. */
  files: Array<{ path: string; content: string; why: string }>;
  /** What is wrong in the manifests, as `file:line: what`. */
  problems: string[];
  /** What else a person should know before they go on. */
  notes: string[];
};
