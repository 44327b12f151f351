import {
  BackstageCredentials,
  AuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  catalogEntityReadPermission,
  catalogLocationAnalyzePermission,
} from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Environment } from '@ghostlight/plugin-clusters-node';
import {
  deliveryDeployPermission,
  deliveryDeployProductionPermission,
} from '@ghostlight/plugin-delivery-common';
import { forgeRepositoryWritePermission } from '@ghostlight/plugin-forge-common';
import { repositoryOfEntity } from '../hosted/repositoryOfEntity';
import { isHosted } from '../manifests/repositoryName';

/** A component and the repository that claims to be its source. */
export type Claimed = { entityRef: string; repository: string };

/** Who may do what with deployments. */
export class Access {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      permissions: PermissionsService;
      integrations: ScmIntegrations;
    },
  ) {}

  /**
   * Requires that the caller may deploy the component to the environment, or remove it from there.
   *
   * @remarks
   * A component that a template has only just made is not in the catalog yet, and nobody owns it there. Below production
   * who may push to its repository may then deploy it: the same people, asked at the forge.
   */
  async requireDeploy(
    credentials: BackstageCredentials,
    { entityRef, repository }: Claimed,
    environment: Environment,
    doing: 'deploy' | 'remove' = 'deploy',
  ): Promise<void> {
    const production = environment.tier === 'production';
    const [decision] = await this.options.permissions.authorize(
      [
        {
          permission: production
            ? deliveryDeployProductionPermission
            : deliveryDeployPermission,
          resourceRef: entityRef,
        },
      ],
      { credentials },
    );
    if (decision.result === AuthorizeResult.ALLOW) {
      return;
    }
    if (
      !production &&
      !isHosted(repository) &&
      !(await this.#hasOwner(entityRef))
    ) {
      const [write] = await this.options.permissions.authorize(
        [
          {
            permission: forgeRepositoryWritePermission,
            resourceRef: repository,
          },
        ],
        { credentials },
      );
      if (write.result === AuthorizeResult.ALLOW) {
        return;
      }
    }
    throw new NotAllowedError(
      production
        ? `Only operators ${doing} what runs in ${environment.name}, which is production; ask one to ${doing} ${entityRef}`
        : `You may not ${doing} ${entityRef} in ${environment.name}: only its owners and operators may`,
    );
  }

  /** Those of the components that the caller may read. */
  async readable(
    credentials: BackstageCredentials,
    entityRefs: readonly string[],
  ): Promise<Set<string>> {
    const refs = [...new Set(entityRefs)];
    if (refs.length === 0) {
      return new Set();
    }
    const decisions = await this.options.permissions.authorize(
      refs.map(resourceRef => ({
        permission: catalogEntityReadPermission,
        resourceRef,
      })),
      { credentials },
    );
    return new Set(
      refs.filter(
        (_, index) => decisions[index].result === AuthorizeResult.ALLOW,
      ),
    );
  }

  /**
   * Refuses a repository that says it is a component which the catalog knows from somewhere else; of a hosted one the
   * catalog must know the component, for anybody may make a repository there.
   */
  async refuseImpostor({ entityRef, repository }: Claimed): Promise<void> {
    const entity = await this.#entity(entityRef);
    if (!entity) {
      if (isHosted(repository)) {
        throw new NotAllowedError(
          `The catalog knows no ${entityRef}; register the catalog-info.yaml of ${repository} before it is deployed`,
        );
      }
      return;
    }
    const source = repositoryOfEntity(entity, this.options.integrations);
    if (source !== repository) {
      throw new NotAllowedError(
        `catalog-info.yaml of ${repository} says it is ${entityRef}, which belongs to ${
          source ? `the repository ${source}` : 'another source'
        }; choose another name for the component`,
      );
    }
  }

  /** The repository that the catalog says a component comes from. */
  async repositoryOf(entityRef: string): Promise<string | undefined> {
    const entity = await this.#entity(entityRef);
    return entity && repositoryOfEntity(entity, this.options.integrations);
  }

  /** Components the caller can see, by name. */
  async componentNames(
    credentials: BackstageCredentials,
  ): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    const pages = this.options.catalog.streamEntities(
      {
        filter: { kind: 'Component' },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
      },
      { credentials },
    );
    for await (const entities of pages) {
      for (const entity of entities) {
        names.set(entity.metadata.name, stringifyEntityRef(entity));
      }
    }
    return names;
  }

  /** Whether the caller may have the portal read sources elsewhere, with its own tokens. */
  async mayAnalyse(credentials: BackstageCredentials): Promise<boolean> {
    const [decision] = await this.options.permissions.authorize(
      [{ permission: catalogLocationAnalyzePermission }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
  }

  /** The person of the catalog who has this name at a host, by the annotation that says so. */
  async personOf(
    annotation: string,
    login: string,
  ): Promise<string | undefined> {
    const { items } = await this.options.catalog.getEntities(
      {
        filter: { kind: 'User', [`metadata.annotations.${annotation}`]: login },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: 1,
      },
      { credentials: await this.options.auth.getOwnServiceCredentials() },
    );
    return items[0] && stringifyEntityRef(items[0]);
  }

  /** False until the catalog has worked out who owns the component, which is a moment after it knows it. */
  async #hasOwner(entityRef: string): Promise<boolean> {
    const entity = await this.#entity(entityRef);
    return (
      entity?.relations?.some(({ type }) => type === RELATION_OWNED_BY) ?? false
    );
  }

  /** Who asks, as it is stored with the deployment. */
  subjectOf(credentials: BackstageCredentials): {
    by: string;
    origin: 'template' | 'manual';
  } {
    const { auth } = this.options;
    if (auth.isPrincipal(credentials, 'user')) {
      const { userEntityRef, actor } = credentials.principal;
      return {
        by: userEntityRef,
        origin: actor?.subject === 'plugin:scaffolder' ? 'template' : 'manual',
      };
    }
    if (auth.isPrincipal(credentials, 'service')) {
      return { by: credentials.principal.subject, origin: 'manual' };
    }
    throw new NotAllowedError('Sign in to deploy');
  }

  async #entity(entityRef: string) {
    return this.options.catalog.getEntityByRef(entityRef, {
      credentials: await this.options.auth.getOwnServiceCredentials(),
    });
  }
}
