import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { entitiesWithWorkloads } from '../service/entitiesWithWorkloads';

const MAX_AGE_MS = 60_000;
const MAX_ENTITIES = 10_000;

/** Entities that name workloads, as the catalog last told this plugin. */
export class WatchedEntities {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #now: () => Date;
  #byRef = new Map<string, Entity>();
  #loadedAt = -Infinity;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    now: () => Date;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#now = options.now;
  }

  /** @returns refs when they were loaded anew, undefined when they were new enough */
  async refresh(): Promise<string[] | undefined> {
    if (this.#now().getTime() - this.#loadedAt < MAX_AGE_MS) {
      return undefined;
    }
    const entities = await entitiesWithWorkloads(
      this.#catalog,
      await this.#auth.getOwnServiceCredentials(),
      MAX_ENTITIES,
    );
    this.#byRef = new Map(
      entities.map(entity => [stringifyEntityRef(entity), entity]),
    );
    this.#loadedAt = this.#now().getTime();
    return [...this.#byRef.keys()];
  }

  get(entityRef: string): Entity | undefined {
    return this.#byRef.get(entityRef);
  }

  /** Whether an entity that is not among them is gone: not when there are more than were listed. */
  get isComplete(): boolean {
    return this.#byRef.size < MAX_ENTITIES;
  }
}
