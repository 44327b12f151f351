import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { Repository } from '@ghostlight/plugin-forge-common';
import { RepositoryEntities, resolveConflicts } from './RepositoryEntities';

/** What the provider asks of the forge. */
export type Repositories = {
  repositories(): Promise<Repository[]>;
  repository(name: string): Promise<Repository | undefined>;
  entities(repository: Repository): Promise<RepositoryEntities>;
};

/**
 * The entities that the repositories of the forge declare.
 *
 * @remarks
 * A push is applied at once as a delta; everything is read again from time to time, which costs one list of the
 * repositories and the files of those whose head moved. Nothing is taken out of the catalog because the forge did not
 * answer.
 */
export class ForgeEntityProvider implements EntityProvider {
  #connection: EntityProviderConnection | undefined;
  /** By the name of the repository. */
  readonly #known = new Map<string, RepositoryEntities>();
  #served = new Map<string, DeferredEntity>();
  #complete = false;
  #queue: Promise<void> = Promise.resolve();
  readonly #told = new Set<string>();

  constructor(
    private readonly forge: Repositories,
    private readonly logger: LoggerService,
  ) {}

  getProviderName(): string {
    return 'ghostlight-forge';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
  }

  /** Reads all repositories and makes the catalog the same. Rejects, and changes nothing, if the forge does not answer. */
  async refreshAll(): Promise<void> {
    return this.#inTurn(async connection => {
      const repositories = await this.forge.repositories();
      const names = new Set(repositories.map(({ name }) => name));
      for (const name of this.#known.keys()) {
        if (!names.has(name)) {
          this.#known.delete(name);
        }
      }
      for (const repository of repositories) {
        if (!this.#isCurrent(repository)) {
          await this.#read(repository);
        }
      }
      const next = this.#resolve();
      await connection.applyMutation({
        type: 'full',
        entities: [...next.values()],
      });
      this.#served = next;
      this.#complete = true;
    });
  }

  /** Reads one repository after a push, or after it came or went. */
  async refreshRepository(name: string): Promise<void> {
    if (!this.#complete) {
      return this.refreshAll();
    }
    return this.#inTurn(async connection => {
      const repository = await this.forge.repository(name);
      if (repository) {
        await this.#read(repository);
      } else {
        this.#known.delete(name);
      }
      const next = this.#resolve();
      const added = [...next.entries()]
        .filter(([ref, each]) => !isSame(this.#served.get(ref), each))
        .map(([, each]) => each);
      const removed = [...this.#served.entries()]
        .filter(
          ([ref, each]) => next.get(ref)?.locationKey !== each.locationKey,
        )
        .map(([, each]) => each);
      // Apart and in this order, so that a name can go from one repository to another.
      if (removed.length > 0) {
        await connection.applyMutation({ type: 'delta', added: [], removed });
      }
      if (added.length > 0) {
        await connection.applyMutation({ type: 'delta', added, removed: [] });
      }
      this.#served = next;
    });
  }

  #isCurrent({ name, head, owner, webUrl }: Repository): boolean {
    const known = this.#known.get(name)?.repository;
    return (
      known !== undefined &&
      known.head?.sha === head?.sha &&
      known.owner === owner &&
      known.webUrl === webUrl
    );
  }

  async #read(repository: Repository): Promise<void> {
    const read = await this.forge.entities(repository);
    this.#known.set(repository.name, read);
    if (read.problems.length > 0) {
      this.#tell(
        `${repository.name}@${repository.head?.sha}`,
        `The catalog keeps the last good entities of repository ${
          repository.name
        }: ${read.problems.join('; ')}`,
      );
    }
  }

  #resolve(): Map<string, DeferredEntity> {
    const { entities, conflicts } = resolveConflicts([...this.#known.values()]);
    for (const { entityRef, winner, loser } of conflicts) {
      this.#tell(
        `${entityRef} ${winner} ${loser}`,
        `Repository ${loser} declares ${entityRef}, which belongs to repository ${winner}; it is left out until it has another name`,
      );
    }
    return entities;
  }

  #tell(key: string, message: string): void {
    if (!this.#told.has(key)) {
      this.#told.add(key);
      this.logger.warn(message);
    }
  }

  async #inTurn(
    work: (connection: EntityProviderConnection) => Promise<void>,
  ): Promise<void> {
    const turn = this.#queue.then(async () => {
      if (!this.#connection) {
        throw new Error('The catalog has not connected the forge yet');
      }
      await work(this.#connection);
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

function isSame(a: DeferredEntity | undefined, b: DeferredEntity): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
