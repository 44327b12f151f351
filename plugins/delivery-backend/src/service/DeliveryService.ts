import {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  DeliveryEnvironment,
  Deployment,
  DeploymentLog,
  DeploymentPage,
  DeploymentRequest,
  isFinal,
} from '@ghostlight/plugin-delivery-common';
import { DeploymentStore } from '../database/DeploymentStore';
import { LogStore } from '../database/LogStore';
import { readComponent } from '../manifests/readComponent';
import { isHosted } from '../manifests/repositoryName';
import { Access } from './Access';
import { audited } from './audited';
import { Cluster, Source } from './ports';

/** What people, templates and assistants ask of deployments; each method checks the caller's permission. */
export class DeliveryService {
  constructor(
    private readonly options: {
      access: Access;
      auditor: AuditorService;
      cluster: Cluster;
      source: Source;
      deployments: DeploymentStore;
      logs: LogStore;
      /** Told of deployments that were queued, taken back or asked to stop. */
      onChange(deployments: readonly Deployment[]): void;
    },
  ) {}

  async deploy(
    request: DeploymentRequest,
    credentials: BackstageCredentials,
  ): Promise<Deployment> {
    const { access, auditor } = this.options;
    const subject = access.subjectOf(credentials);
    const { repository, environment, sha } = request;
    return audited(
      auditor,
      {
        eventId: 'deploy',
        severityLevel: 'medium',
        meta: { repository, environment, sha, by: subject.by },
      },
      () => this.#deploy(request, subject, credentials),
    );
  }

  async #deploy(
    request: DeploymentRequest,
    { by, origin }: ReturnType<Access['subjectOf']>,
    credentials: BackstageCredentials,
  ): Promise<Deployment> {
    const { access, cluster, source, deployments, onChange } = this.options;
    const repository = isHosted(request.repository)
      ? request.repository.toLocaleLowerCase('en-US')
      : request.repository;
    const environment = cluster.environment(request.environment);
    const named = request.entityRef?.toLocaleLowerCase('en-US');
    if (isHosted(repository)) {
      // Before the host is asked, so that nobody learns here which private repositories there are.
      if (named === undefined) {
        throw new InputError(
          `Say with entityRef which component of ${repository} to deploy`,
        );
      }
      const claimed = { entityRef: named, repository };
      await access.requireDeploy(credentials, claimed, environment);
      await access.refuseImpostor(claimed);
    }
    const sha = request.sha ?? (await source.head(repository))?.sha;
    if (sha === undefined) {
      throw new InputError(
        `Repository ${repository} is empty; push a commit to deploy`,
      );
    }
    const { catalogInfo } = await source.files(repository, sha);
    const { entityRef } = readComponent(repository, catalogInfo);
    if (named !== undefined && named !== entityRef) {
      throw new InputError(
        `Repository ${repository} is ${entityRef} by its catalog-info.yaml, not ${request.entityRef}`,
      );
    }
    await access.requireDeploy(
      credentials,
      { entityRef, repository },
      environment,
    );
    await access.refuseImpostor({ entityRef, repository });
    const { deployment, changed } = await deployments.request({
      entityRef,
      repository,
      environment: environment.name,
      sha,
      by,
      origin,
      key: request.key,
      onlyIfNew: false,
    });
    onChange(changed);
    return deployment;
  }

  async get(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<Deployment> {
    const { access, deployments } = this.options;
    const found = await deployments.get(id);
    const readable = await access.readable(
      credentials,
      found ? [found.entityRef] : [],
    );
    if (!found || !readable.has(found.entityRef)) {
      throw new NotFoundError(`There is no deployment ${id} that you may see`);
    }
    return found;
  }

  async list(
    query: {
      entityRef?: string;
      environment?: string;
      page: number;
      pageSize: number;
    },
    credentials: BackstageCredentials,
  ): Promise<DeploymentPage> {
    const { items, total } = await this.options.deployments.list({
      ...query,
      entityRef: query.entityRef?.toLocaleLowerCase('en-US'),
    });
    const readable = await this.options.access.readable(
      credentials,
      items.map(item => item.entityRef),
    );
    return {
      items: items.filter(item => readable.has(item.entityRef)),
      page: query.page,
      totalPages: Math.ceil(total / query.pageSize),
    };
  }

  async log(
    id: string,
    query: { after: number; limit: number },
    credentials: BackstageCredentials,
  ): Promise<DeploymentLog> {
    // The state is read before the lines: all lines of a deployment are written before its end is.
    const { state } = await this.get(id, credentials);
    const lines = await this.options.logs.read(id, query.after, query.limit);
    return {
      lines,
      next: lines.at(-1)?.n ?? query.after,
      complete: isFinal(state) && lines.length < query.limit,
    };
  }

  environments(): DeliveryEnvironment[] {
    return this.options.cluster
      .environments()
      .map(({ name, tier, deployOnPush }) => ({ name, tier, deployOnPush }));
  }
}
