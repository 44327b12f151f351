import {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { Deployment, Removal } from '@ghostlight/plugin-delivery-common';
import { DeploymentStore } from '../database/DeploymentStore';
import { NamespacedRef } from '../steps/NamespacedRef';
import { findDeployed } from '../steps/removeObjects';
import { Access } from './Access';
import { audited } from './audited';
import { inWords } from './inWords';
import { Cluster } from './ports';

const STOP_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 100;

/** Takes away what was deployed of a component. */
export class RemovalService {
  constructor(
    private readonly options: {
      access: Access;
      auditor: AuditorService;
      cluster: Cluster;
      deployments: DeploymentStore;
      pause(ms: number): Promise<void>;
      onChange(deployments: readonly Deployment[]): void;
    },
  ) {}

  /** Lists what would go, or removes it. An environment that does not answer is told as such and does not hold up the others. */
  async remove(
    request: { entityRef: string; environment?: string; dryRun: boolean },
    credentials: BackstageCredentials,
  ): Promise<Removal> {
    const { access, cluster, deployments } = this.options;
    const entityRef = request.entityRef.toLocaleLowerCase('en-US');
    const environments = request.environment
      ? [cluster.environment(request.environment)]
      : cluster.environments();
    const repository =
      (await access.repositoryOf(entityRef)) ??
      (await deployments.repositoryOf(entityRef));
    if (repository === undefined) {
      throw new NotFoundError(
        `Ghostlight has deployed nothing of ${entityRef} and knows no repository for it`,
      );
    }
    const { by } = access.subjectOf(credentials);
    const found: Array<
      Removal['environments'][number] & { objects: NamespacedRef[] }
    > = [];
    for (const environment of environments) {
      const { name } = environment;
      try {
        const objects = await findDeployed(cluster, name, repository);
        found.push({ environment: name, objects });
      } catch (error) {
        found.push({ environment: name, objects: [], error: inWords(error) });
      }
    }
    for (const environment of environments) {
      const here = found.find(each => each.environment === environment.name);
      if (here && (here.objects.length > 0 || request.environment)) {
        await access.requireDeploy(
          credentials,
          { entityRef, repository },
          environment,
          'remove',
        );
      }
    }
    if (!request.dryRun) {
      const target = { entityRef, repository, by };
      await audited(
        this.options.auditor,
        {
          eventId: 'remove',
          severityLevel: 'high',
          meta: { ...target, environment: request.environment },
        },
        async () => {
          for (const each of found) {
            if (each.error === undefined && each.objects.length > 0) {
              await this.#removeFrom(entityRef, repository, each, by);
            }
          }
        },
      );
    }
    return { entityRef, dryRun: request.dryRun, environments: found };
  }

  async #removeFrom(
    entityRef: string,
    repository: string,
    target: Removal['environments'][number] & { objects: NamespacedRef[] },
    by: string,
  ): Promise<void> {
    const { cluster } = this.options;
    const { environment } = target;
    try {
      await this.#stopDeployments(entityRef, environment, by);
      target.objects = await findDeployed(cluster, environment, repository);
      for (const ref of target.objects) {
        await cluster.delete(environment, ref);
      }
    } catch (error) {
      target.error = inWords(error);
    }
  }

  /** A deployment on its way would bring back what is removed here. */
  async #stopDeployments(
    entityRef: string,
    environment: string,
    by: string,
  ): Promise<void> {
    const { deployments, onChange, pause } = this.options;
    onChange(
      await deployments.stop(
        entityRef,
        environment,
        `${by} removed what was deployed`,
      ),
    );
    for (
      let waitedMs = 0;
      waitedMs < STOP_WITHIN_MS;
      waitedMs += LOOK_EVERY_MS
    ) {
      if (!(await deployments.isActive(entityRef, environment))) {
        return;
      }
      await pause(LOOK_EVERY_MS);
    }
    throw new ConflictError(
      `A deployment of ${entityRef} to ${environment} does not stop; try again in a moment`,
    );
  }
}
