import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { entitiesWithWorkloads } from '../service/entitiesWithWorkloads';

const MAX_AGE_MS = 60_000;
const MAX_ENTITIES = 10_000;
/** A catalog that hangs is waited for no longer, and asked again no sooner. */
const LIMIT_MS = 5_000;

/** Entities that name workloads, as the catalog last told this plugin. */
export class WatchedEntities {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #now: () => Date;
  #byRef = new Map<string, Entity>();
  #loadedAt = -Infinity;
  #failedAt: number | undefined;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    now: () => Date;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#now = options.now;
  }

  /**
   * @returns refs when they were loaded anew, undefined when they were new enough or the catalog has just failed
   * @throws when the catalog does not answer; what it told last is still known
   */
  async refresh(): Promise<string[] | undefined> {
    const nowMs = this.#now().getTime();
    if (
      nowMs - this.#loadedAt < MAX_AGE_MS ||
      (this.#failedAt !== undefined && nowMs - this.#failedAt < LIMIT_MS)
    ) {
      return undefined;
    }
    try {
      const entities = await this.#load();
      this.#byRef = new Map(
        entities.map(entity => [stringifyEntityRef(entity), entity]),
      );
    } catch (error) {
      this.#failedAt = this.#now().getTime();
      throw error;
    }
    this.#failedAt = undefined;
    this.#loadedAt = this.#now().getTime();
    return [...this.#byRef.keys()];
  }

  async #load(): Promise<Entity[]> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new ServiceUnavailableError(
              `The catalog did not answer within ${LIMIT_MS / 1_000} s`,
            ),
          ),
        LIMIT_MS,
      );
    });
    try {
      const credentials = await this.#auth.getOwnServiceCredentials();
      return await Promise.race([
        entitiesWithWorkloads(this.#catalog, credentials, MAX_ENTITIES),
        limit,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  get(entityRef: string): Entity | undefined {
    return this.#byRef.get(entityRef);
  }

  /**
   * Whether an entity that is not among them is gone: not when there are more than were listed, and not while the catalog
   * cannot be asked.
   */
  get isComplete(): boolean {
    return (
      this.#loadedAt !== -Infinity &&
      this.#failedAt === undefined &&
      this.#byRef.size < MAX_ENTITIES
    );
  }
}
