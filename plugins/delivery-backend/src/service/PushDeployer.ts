import { LoggerService } from '@backstage/backend-plugin-api';
import { Deployment } from '@ghostlight/plugin-delivery-common';
import { Environment } from '@ghostlight/plugin-clusters-node';
import { z } from 'zod';
import { DeploymentStore } from '../database/DeploymentStore';
import { readComponent } from '../manifests/readComponent';
import { DeploymentContext } from '../steps/DeploymentContext';
import { whileUnavailable } from '../steps/whileUnavailable';
import { Access } from './Access';
import { Cluster, Source } from './ports';

const UNAVAILABLE_MS = 15_000;

/** The event of the forge, as far as a deployment looks at it. */
const pushSchema = z.object({
  repository: z.string(),
  branch: z.string(),
  after: z.string(),
  pusher: z.string(),
  origin: z.enum(['push', 'publish', 'merge', 'reconcile']),
});

/**
 * Deploys the default branch to the environments that ask for it.
 *
 * @remarks
 * Who pushed was checked at the push: only owners and operators may. Production is never deployed to by a push, whatever
 * is configured. What is deployed is the head as it is now, so events that come twice or late do no harm.
 */
export class PushDeployer {
  constructor(
    private readonly options: {
      access: Access;
      cluster: Cluster;
      source: Source;
      deployments: DeploymentStore;
      logger: LoggerService;
      pause: DeploymentContext['pause'];
      onChange(deployments: readonly Deployment[]): void;
    },
  ) {}

  /** @returns the deployments it made or found made already */
  async onPush(payload: unknown): Promise<Deployment[]> {
    const push = pushSchema.parse(payload);
    const environments = this.#environments();
    // The template that publishes a repository deploys it itself.
    if (push.origin === 'publish' || environments.length === 0) {
      return [];
    }
    const { access, source, deployments, logger, onChange } = this.options;
    const head = await this.#ask(() => source.head(push.repository));
    if (!head || head.branch !== push.branch) {
      return [];
    }
    const { catalogInfo, manifests } = await this.#ask(() =>
      source.files(push.repository, head.sha),
    );
    if (manifests.length === 0) {
      logger.debug(`${push.repository} has no k8s/; a push deploys nothing`);
      return [];
    }
    const claimed = {
      entityRef: await this.#componentOf(push.repository, catalogInfo),
      repository: push.repository,
    };
    await access.refuseImpostor(claimed);
    const made: Deployment[] = [];
    for (const environment of environments) {
      const { deployment, changed } = await deployments.request({
        entityRef: claimed.entityRef,
        repository: push.repository,
        environment: environment.name,
        sha: head.sha,
        by: push.pusher,
        origin: 'push',
        key: undefined,
        onlyIfNew: true,
      });
      made.push(deployment);
      onChange(changed);
    }
    return made;
  }

  /** An event is told once; the forge that tells it may answer a moment later. */
  #ask<T>(ask: () => Promise<T>): Promise<T> {
    const { logger, pause } = this.options;
    return whileUnavailable(
      {
        pause,
        log: line => logger.warn(line),
        signal: new AbortController().signal,
        times: { unavailableMs: UNAVAILABLE_MS },
      },
      'The forge',
      ask,
    );
  }

  /** A broken catalog-info must be seen as a failed deployment of the component it was, not only in the backend's log. */
  async #componentOf(
    repository: string,
    catalogInfo: string | undefined,
  ): Promise<string> {
    try {
      return readComponent(repository, catalogInfo).entityRef;
    } catch (error) {
      const before = await this.options.deployments.componentOf(repository);
      if (before === undefined) {
        throw error;
      }
      return before;
    }
  }

  #environments(): Environment[] {
    return this.options.cluster
      .environments()
      .filter(
        ({ deployOnPush, tier }) => deployOnPush && tier !== 'production',
      );
  }
}
