import { KubernetesManifest, SourceFile } from '../manifests/parseManifests';

/** An environment as configured, as far as a deployment looks at it. */
export type DeliveryTarget = {
  name: string;
  tier: 'development' | 'staging' | 'production';
  cluster: string;
  namespace: string;
  deployOnPush: boolean;
};

export type ObjectRef = {
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
};

export type RolloutOutcome = { ok: true } | { ok: false; reason: string };

/** What a deployment does to clusters; `clusters-node` provides it. */
export interface Cluster {
  environments(): DeliveryTarget[];
  /** @throws NotFoundError that names the known environments. */
  environment(name: string): DeliveryTarget;
  /** Server-side apply, forced, as field manager `ghostlight`. */
  apply(environment: string, manifest: KubernetesManifest): Promise<void>;
  get(
    environment: string,
    ref: ObjectRef,
  ): Promise<KubernetesManifest | undefined>;
  /** Objects of one kind with these labels; none where the cluster does not know the kind. */
  list(
    environment: string,
    of: { apiVersion: string; kind: string; namespace: string },
    labels: Record<string, string>,
  ): Promise<KubernetesManifest[]>;
  /** Deletes with what belongs to it; an object that is gone already is fine. */
  remove(environment: string, ref: ObjectRef): Promise<void>;
  waitForRollout(
    environment: string,
    workload: { namespace: string; kind: 'Deployment'; name: string },
    options: {
      timeoutMs: number;
      signal: AbortSignal;
      onProgress(line: string): void;
    },
  ): Promise<RolloutOutcome>;
}

/** Makes an image of a commit; `clusters-node` provides the configured ones. */
export interface Builder {
  build(
    environment: string,
    request: {
      name: string;
      repo: { url: string; authorization?: string };
      sha: string;
      key: string;
      onLog(line: string): void;
      signal: AbortSignal;
    },
  ): Promise<{ image: string; cached: boolean }>;
}

/** Reads repositories; the forge provides it. */
export interface Source {
  /** Newest commit of the default branch, undefined while there is none. */
  head(repository: string): Promise<string | undefined>;
  /** `catalog-info.yaml` and the files of `k8s/` at a commit. */
  files(
    repository: string,
    sha: string,
    signal?: AbortSignal,
  ): Promise<{ catalogInfo: string | undefined; manifests: SourceFile[] }>;
  /** A URL to clone from and a short-lived secret for it. */
  readAccess(
    repository: string,
  ): Promise<{ url: string; authorization?: string }>;
}
