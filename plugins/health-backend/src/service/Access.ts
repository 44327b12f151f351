import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { healthReadPermission } from '@ghostlight/plugin-health-common';
import { entitiesWithWorkloads } from './entitiesWithWorkloads';

/** Annotations and names are all that health needs of an entity. */
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
];

/** The catalog takes bodies of 100 kB, and a ref may have 400 characters. */
const REFS_AT_ONCE = 200;

/** Who may see the health of what: `health.read`, and the entity in the catalog with the caller's own eyes. */
export class Access {
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;

  constructor(options: {
    permissions: PermissionsService;
    catalog: CatalogService;
  }) {
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
  }

  /** @throws `NotAllowedError` */
  async requireRead(credentials: BackstageCredentials): Promise<void> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: healthReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        'You may not read health; ask for the permission health.read',
      );
    }
  }

  /** @throws `NotAllowedError`, `NotFoundError` when there is none the caller may see */
  async requireEntity(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const [, entity] = await Promise.all([
      this.requireRead(credentials),
      this.#catalog.getEntityByRef(entityRef, { credentials }),
    ]);
    if (!entity) {
      throw new NotFoundError(
        `There is no entity ${entityRef} in the catalog, or you may not see it`,
      );
    }
    return entity;
  }

  /** Entities in the order of the refs; undefined for those the caller may not see. Annotations and names, and `moreFields`. */
  async visible(
    entityRefs: string[],
    credentials: BackstageCredentials,
    moreFields: string[] = [],
  ): Promise<(Entity | undefined)[]> {
    await this.requireRead(credentials);
    const portions: string[][] = [];
    for (let at = 0; at < entityRefs.length; at += REFS_AT_ONCE) {
      portions.push(entityRefs.slice(at, at + REFS_AT_ONCE));
    }
    const answers = await Promise.all(
      portions.map(portion =>
        this.#catalog.getEntitiesByRefs(
          { entityRefs: portion, fields: [...FIELDS, ...moreFields] },
          { credentials },
        ),
      ),
    );
    const items = answers.flatMap(answer => answer.items);
    return items;
  }

  /** Entities that name workloads, as far as the caller may see them; at most `limit`. */
  async withWorkloads(
    credentials: BackstageCredentials,
    limit: number,
  ): Promise<Entity[]> {
    const [, entities] = await Promise.all([
      this.requireRead(credentials),
      entitiesWithWorkloads(this.#catalog, credentials, limit),
    ]);
    return entities;
  }
}
