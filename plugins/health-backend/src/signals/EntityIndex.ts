import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  matchesLabels,
  workloadQuery,
  type WorkloadChange,
  type WorkloadQuery,
} from '@ghostlight/plugin-clusters-node';
import { entitiesWithWorkloads } from '../service/entitiesWithWorkloads';

const MAX_ENTITIES = 10_000;
/** How old the index may be, and how old when a workload nobody knows turns up: its entity may be new. */
const MAX_AGE_MS = 60_000;
const MAX_AGE_UNKNOWN_MS = 5_000;

interface Entry {
  entityRef: string;
  query: WorkloadQuery;
}

/** From a changed workload to the entities it belongs to. */
export class EntityIndex {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  #entries: Entry[] = [];
  /** Entries by `key=value` of their first label that must have one value. */
  #byLabel = new Map<string, Entry[]>();
  #rest: Entry[] = [];
  #loadedAt = 0;
  #loading: Promise<void> | undefined;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    now: () => Date;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** Refs of entities the workload belongs to; of all that name workloads when a cluster came or went. */
  async owners(change: WorkloadChange): Promise<string[]> {
    await this.#refresh(MAX_AGE_MS);
    if (change.kind === 'Cluster') {
      return this.#entries.map(({ entityRef }) => entityRef);
    }
    const found = this.#find(change);
    if (found.length > 0) {
      return found;
    }
    await this.#refresh(MAX_AGE_UNKNOWN_MS);
    return this.#find(change);
  }

  #find({ labels }: WorkloadChange): string[] {
    const candidates = Object.entries(labels).flatMap(
      ([key, value]) => this.#byLabel.get(`${key}=${value}`) ?? [],
    );
    return [...candidates, ...this.#rest]
      .filter(({ query }) => matchesLabels(query.requirements, labels))
      .map(({ entityRef }) => entityRef);
  }

  async #refresh(maxAgeMs: number): Promise<void> {
    if (this.#now().getTime() - this.#loadedAt < maxAgeMs) {
      return;
    }
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    await this.#loading;
  }

  async #load(): Promise<void> {
    try {
      const entities = await entitiesWithWorkloads(
        this.#catalog,
        await this.#auth.getOwnServiceCredentials(),
        MAX_ENTITIES,
      );
      this.#index(entities.flatMap(toEntry));
    } catch (error) {
      // Signals only make screens quicker; they also refetch by themselves.
      this.#logger.warn(
        `Could not ask the catalog who owns workloads: ${error}`,
      );
    }
    this.#loadedAt = this.#now().getTime();
  }

  #index(entries: Entry[]): void {
    this.#entries = entries;
    this.#byLabel = new Map();
    this.#rest = [];
    for (const entry of entries) {
      const equality = entry.query.requirements.find(
        ({ operator, values }) => operator === 'in' && values.length === 1,
      );
      if (equality) {
        const key = `${equality.key}=${equality.values[0]}`;
        this.#byLabel.set(key, [...(this.#byLabel.get(key) ?? []), entry]);
      } else {
        this.#rest.push(entry);
      }
    }
  }
}

/** Entities with a wrong selector have no workloads. */
function toEntry(entity: Entity): Entry[] {
  try {
    const query = workloadQuery(entity);
    return query ? [{ entityRef: stringifyEntityRef(entity), query }] : [];
  } catch {
    return [];
  }
}
