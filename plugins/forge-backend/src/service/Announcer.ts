import { LoggerService } from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  FORGE_PUSH_TOPIC,
  ForgePushEvent,
} from '@ghostlight/plugin-forge-node';
import { Knex } from 'knex';
import { readSeenHeads, writeSeenHead } from '../database/heads';
import { addToOutbox, drainOutbox } from '../database/outbox';
import {
  beginWrite,
  endWrite,
  findRepository,
  listAllRepositories,
  listUnfinishedWrites,
  RepositoryRow,
  touchRepository,
} from '../database/repositories';
import { Forge } from '../forge/Forge';
import { movedHeads } from './movedHeads';

type Origin = ForgePushEvent['origin'];

/** Longer than git is given for a push. */
const LONGEST_WRITE_MS = 15 * 60_000;

/**
 * Tells others that branches moved, once it is true and even if the backend is killed.
 *
 * Heads that were announced are kept in the database; announcing compares them with the repository and writes the
 * difference, together with the events, in one transaction. Events leave the outbox after. A kill before the
 * transaction leaves a write that began and was not finished, which {@link reconcile} finds; a kill after it leaves
 * events in the outbox, which the next start publishes.
 */
export class Announcer {
  readonly #knex: Knex;
  readonly #forge: Forge;
  readonly #events: EventsService;
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  readonly #writing = new Map<string, number>();
  #draining: Promise<void> | undefined;
  #drainAgain = false;

  constructor(options: {
    knex: Knex;
    forge: Forge;
    events: EventsService;
    signals: SignalsService;
    logger: LoggerService;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#forge = options.forge;
    this.#events = options.events;
    this.#signals = options.signals;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** Does `act`, which may move branches, and announces what it moved, also when it fails halfway. */
  async write<T>(
    repository: RepositoryRow,
    by: string,
    origin: Origin,
    act: () => Promise<T>,
  ): Promise<T> {
    const began = this.#now();
    const { id } = repository;
    this.#writing.set(id, (this.#writing.get(id) ?? 0) + 1);
    try {
      await beginWrite(this.#knex, id, by, began);
      try {
        return await act();
      } finally {
        // What was written stays written, whether or not it could be told: the next look tells it.
        await this.#announce(id, by, origin, began).catch(error =>
          this.#notAnnounced(repository.name, error),
        );
      }
    } finally {
      const left = (this.#writing.get(id) ?? 1) - 1;
      if (left > 0) this.#writing.set(id, left);
      else this.#writing.delete(id);
    }
  }

  /** Announces what was moved without being announced; all repositories at start, else those with an unfinished write. */
  async reconcile(which: 'all' | 'unfinished'): Promise<void> {
    const repositories =
      which === 'all'
        ? await listAllRepositories(this.#knex)
        : await listUnfinishedWrites(this.#knex);
    for (const { id, name, ...repository } of repositories) {
      if (this.#writing.has(id)) continue;
      const { writeBeganBy: by = repository.createdBy, writeBeganAt } =
        repository;
      // Git may outlive the backend that started it and move a branch yet: keep looking for as long as one may take.
      const mayMove =
        writeBeganAt &&
        this.#now().getTime() - writeBeganAt.getTime() < LONGEST_WRITE_MS;
      try {
        await this.#announce(
          id,
          by,
          'reconcile',
          mayMove ? undefined : writeBeganAt,
        );
      } catch (error) {
        this.#notAnnounced(name, error);
      }
    }
    await this.drain();
  }

  /** Publishes what waits in the outbox; what cannot be published now is tried again by the next call. */
  drain(): Promise<void> {
    this.#drainAgain = true;
    this.#draining ??= this.#drainUntilDone().finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  /** Tells browsers that a repository changed. They refresh on their own too, so a signal that is lost does no harm. */
  async signal(name: string, version: number): Promise<void> {
    try {
      await this.#signals.publish({
        recipients: { type: 'broadcast' },
        channel: 'forge',
        message: { kind: 'repository', id: name, version },
      });
    } catch (error) {
      assertError(error);
      this.#logger.warn(
        `Browsers were not told that repository '${name}' changed`,
        error,
      );
    }
  }

  #notAnnounced(name: string, error: unknown): void {
    assertError(error);
    this.#logger.error(
      `Could not announce what moved in repository '${name}'; the next look is in a minute`,
      error,
    );
  }

  async #drainUntilDone(): Promise<void> {
    while (this.#drainAgain) {
      this.#drainAgain = false;
      try {
        await drainOutbox(this.#knex, ({ topic, payload }) =>
          this.#events.publish({ topic, eventPayload: payload }),
        );
      } catch (error) {
        assertError(error);
        this.#logger.error(
          'Could not publish events of the forge; they are kept and tried again within a minute',
          error,
        );
      }
    }
  }

  async #announce(
    id: string,
    by: string,
    origin: Origin,
    began: Date | undefined,
  ): Promise<void> {
    const announced = await this.#knex.transaction(async tx => {
      const repository = await findRepository(tx, { id }, { lock: true });
      if (!repository) return undefined;
      const { name, location, defaultBranch } = repository;
      const moves = movedHeads(
        await readSeenHeads(tx, id),
        await this.#forge.heads(location),
      );
      if (began) await endWrite(tx, id, began);
      if (moves.length === 0) return undefined;
      for (const { branch, before, after } of moves) {
        await writeSeenHead(tx, id, branch, after);
        if (after) {
          const event: ForgePushEvent = {
            repository: name,
            branch,
            ...(before && { before }),
            after,
            pusher: by,
            origin,
          };
          await addToOutbox(tx, FORGE_PUSH_TOPIC, event);
        }
      }
      const newest = moves.find(move => move.branch === defaultBranch)?.after;
      const [head] = newest
        ? await this.#forge.commits(location, [newest])
        : [];
      const at = this.#now();
      return { name, version: await touchRepository(tx, id, { head, at }) };
    });
    if (announced) {
      await this.signal(announced.name, announced.version);
      // Subscribers take their time, and may write to the forge themselves: nobody waits for them here.
      void this.drain();
    }
  }
}
