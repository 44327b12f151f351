import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterConfig } from '../config/ClustersConfig';
import { matchesLabels, type Requirement } from '../entity/labelSelector';
import { Backoff } from '../informers/Backoff';
import { Informer, type WatchedKind } from '../informers/Informer';
import type { Cacheable, ObjectCache } from '../informers/ObjectCache';
import { pause } from '../informers/pause';
import { ReachabilityTracker } from '../informers/ReachabilityTracker';
import { ClusterHttp, type HttpTimeouts } from '../kube/ClusterHttp';
import {
  deploymentSchema,
  podSchema,
  replicaSetSchema,
  type Deployment,
  type Pod,
  type ReplicaSet,
} from '../kube/objects';
import { ResourcePaths } from '../kube/ResourcePaths';
import { unreachableReason } from '../kube/unreachableReason';
import type { ClusterState } from '../types';
import {
  BY_LABEL,
  BY_NAMESPACE,
  BY_OWNER,
  BY_UID,
  createCaches,
  deploymentLabels,
  labelIndexValue,
  type ClusterCaches,
} from './caches';

/** How a cluster is watched; in tests shorter. */
export interface ClusterTimings extends HttpTimeouts {
  backoffMinMs: number;
  backoffMaxMs: number;
  /** Rhythm of asking whether the cluster is still there. */
  probeEveryMs: number;
  watchSeconds: number;
}

export const DEFAULT_TIMINGS: ClusterTimings = {
  connectMs: 5_000,
  answerMs: 10_000,
  backoffMinMs: 500,
  backoffMaxMs: 15_000,
  probeEveryMs: 10_000,
  watchSeconds: 300,
};

export interface ClusterOptions {
  config: ClusterConfig;
  logger: LoggerService;
  timings: ClusterTimings;
  now: () => Date;
  /** A deployment, or something that belongs to it, changed. */
  onWorkloadChange: (
    deployment: Deployment,
    kind: 'Deployment' | 'Pod',
  ) => void;
  onReachabilityChange: () => void;
}

/** A deployment with what belongs to it. */
export interface DeploymentTree {
  deployment: Deployment;
  replicaSets: ReplicaSet[];
  pods: Pod[];
}

/** One cluster: requests, informers that start when first needed, and whether it can be reached. */
export class Cluster {
  readonly http: ClusterHttp;
  readonly paths: ResourcePaths;
  readonly #options: ClusterOptions;
  readonly #caches: ClusterCaches;
  readonly #stopped = new AbortController();
  readonly #reachability: ReachabilityTracker;
  #started: Promise<unknown> | undefined;
  #settled: Promise<void> | undefined;
  #isSettled = false;

  constructor(options: ClusterOptions) {
    const { config, timings, now } = options;
    this.#options = options;
    this.http = new ClusterHttp(config, timings);
    this.paths = new ResourcePaths(config.name, this.http);
    this.#caches = createCaches({
      deployment: (before, after) => {
        const deployment = after ?? before;
        if (
          deployment &&
          before?.metadata.resourceVersion !== after?.metadata.resourceVersion
        ) {
          options.onWorkloadChange(deployment, 'Deployment');
        }
      },
      replicaSet: (before, after) =>
        this.#ownerChanged(before, after, 'Deployment'),
      pod: (before, after) => this.#podChanged(before, after),
    });
    this.#reachability = new ReachabilityTracker(
      ['probe', 'deployments', 'replica sets', 'pods'],
      now,
      () => {
        const { reachable, error } = this.state;
        options.logger.info(
          reachable
            ? `Cluster ${config.name} can be reached`
            : `Cluster ${config.name} cannot be reached: ${error}`,
        );
        options.onReachabilityChange();
      },
    );
  }

  get state(): ClusterState {
    return this.#reachability.state;
  }

  /** Starts watching if nobody did. Resolves when the cluster was listed or has failed once, at the latest after `limitMs`. */
  async ready(limitMs: number): Promise<void> {
    this.#start();
    if (this.#isSettled) {
      return;
    }
    const limit = new AbortController();
    await Promise.race([this.#settled, pause(limitMs, limit.signal)]);
    limit.abort();
  }

  /** Deployments of a namespace with these labels. */
  find(namespace: string, requirements: Requirement[]): DeploymentTree[] {
    const { deployments } = this.#caches;
    const equality = requirements.find(
      ({ operator, values }) => operator === 'in' && values.length === 1,
    );
    const candidates = equality
      ? deployments.by(
          BY_LABEL,
          labelIndexValue(namespace, equality.key, equality.values[0]),
        )
      : deployments.by(BY_NAMESPACE, namespace);
    return candidates
      .filter(deployment =>
        matchesLabels(requirements, deploymentLabels(deployment)),
      )
      .map(deployment => this.#tree(deployment));
  }

  get(namespace: string, name: string): DeploymentTree | undefined {
    const deployment = this.#caches.deployments.get(namespace, name);
    return deployment && this.#tree(deployment);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#started;
    await this.http.close();
  }

  #tree(deployment: Deployment): DeploymentTree {
    const replicaSets = this.#caches.replicaSets.by(
      BY_OWNER,
      deployment.metadata.uid,
    );
    return {
      deployment,
      replicaSets,
      pods: replicaSets.flatMap(({ metadata }) =>
        this.#caches.pods.by(BY_OWNER, metadata.uid),
      ),
    };
  }

  #start(): void {
    if (this.#started) {
      return;
    }
    const waiting = new Set(['probe']);
    let settle = () => {};
    this.#settled = new Promise(resolve => {
      settle = () => {
        this.#isSettled = true;
        resolve();
      };
    });
    const report = (part: string, error: unknown | undefined) => {
      this.#reachability.report(
        part,
        error === undefined ? undefined : words(error),
      );
      waiting.delete(part);
      if (waiting.size === 0 || error !== undefined) {
        settle();
      }
    };
    const inform = <T extends Cacheable>(
      part: string,
      kind: WatchedKind<T>,
      cache: ObjectCache<T>,
    ) => {
      waiting.add(part);
      return this.#informer(kind, cache, error => report(part, error)).run(
        this.#stopped.signal,
      );
    };
    const { deployments, replicaSets, pods } = this.#caches;
    this.#started = Promise.all([
      inform(
        'deployments',
        { path: '/apis/apps/v1/deployments', schema: deploymentSchema },
        deployments,
      ),
      inform(
        'replica sets',
        { path: '/apis/apps/v1/replicasets', schema: replicaSetSchema },
        replicaSets,
      ),
      inform('pods', { path: '/api/v1/pods', schema: podSchema }, pods),
      this.#probe(error => report('probe', error)),
    ]);
  }

  #informer<T extends Cacheable>(
    kind: WatchedKind<T>,
    cache: ObjectCache<T>,
    onState: (error: unknown | undefined) => void,
  ): Informer<T> {
    const { timings, logger } = this.#options;
    return new Informer<T>({
      kind,
      http: this.http,
      cache,
      backoff: new Backoff({
        minMs: timings.backoffMinMs,
        maxMs: timings.backoffMaxMs,
        random: Math.random,
      }),
      logger,
      watchSeconds: timings.watchSeconds,
      onState,
    });
  }

  /** A watch on a cut line stays silent for hours; a small question now and then does not. */
  async #probe(onState: (error: unknown | undefined) => void): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      try {
        await this.http.json({ path: '/version', signal });
        onState(undefined);
      } catch (error) {
        if (!signal.aborted) {
          onState(error);
        }
      }
      await pause(this.#options.timings.probeEveryMs, signal);
    }
  }

  #podChanged(before: Pod | undefined, after: Pod | undefined): void {
    if (before?.metadata.resourceVersion === after?.metadata.resourceVersion) {
      return;
    }
    for (const { uid } of (after ?? before)?.metadata.ownerReferences ?? []) {
      for (const replicaSet of this.#caches.replicaSets.by(BY_UID, uid)) {
        this.#ownerChanged(undefined, replicaSet, 'Pod');
      }
    }
  }

  #ownerChanged(
    before: ReplicaSet | undefined,
    after: ReplicaSet | undefined,
    kind: 'Deployment' | 'Pod',
  ): void {
    if (before?.metadata.resourceVersion === after?.metadata.resourceVersion) {
      return;
    }
    for (const { uid } of (after ?? before)?.metadata.ownerReferences ?? []) {
      for (const deployment of this.#caches.deployments.by(BY_UID, uid)) {
        this.#options.onWorkloadChange(deployment, kind);
      }
    }
  }
}

/** A clause about the cluster: `it did not answer within 10 s`. */
function words(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (
    unreachableReason(error) ??
    message
      .replace(/^Cluster \S+ cannot be reached: /, '')
      .replace(/^Cluster \S+ /, 'it ')
  );
}
