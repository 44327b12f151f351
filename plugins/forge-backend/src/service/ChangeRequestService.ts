import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import {
  ChangeRequestRow,
  endChangeRequest,
  findChangeRequest,
  findOpenChangeRequest,
  insertChangeRequest,
  listChangeRequests,
} from '../database/changeRequests';
import { findRepository, RepositoryRow } from '../database/repositories';
import { Forge } from '../forge/Forge';
import { Input, Output } from '../operations';
import { Access } from './Access';
import { Announcer } from './Announcer';
import { People } from './People';
import { RepositoryService } from './RepositoryService';
import { Urls } from './Urls';

/** Changes on branches that ask to be merged. */
export class ChangeRequestService {
  readonly #knex: Knex;
  readonly #repositories: RepositoryService;
  readonly #forge: Forge;
  readonly #access: Access;
  readonly #people: People;
  readonly #announcer: Announcer;
  readonly #urls: Urls;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    repositories: RepositoryService;
    forge: Forge;
    access: Access;
    people: People;
    announcer: Announcer;
    urls: Urls;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#repositories = options.repositories;
    this.#forge = options.forge;
    this.#access = options.access;
    this.#people = options.people;
    this.#announcer = options.announcer;
    this.#urls = options.urls;
    this.#now = options.now;
  }

  async list(
    { name, state, page, pageSize }: Input<'listChangeRequests'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'listChangeRequests'>> {
    const repository = await this.#repositories.readable(name, credentials);
    const { rows, total } = await listChangeRequests(
      this.#knex,
      repository.id,
      { state, skip: (page - 1) * pageSize, limit: pageSize },
    );
    return { items: rows.map(row => this.#present(repository, row)), total };
  }

  async open(
    input: Input<'openChangeRequest'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'openChangeRequest'>> {
    const repository = await this.#repositories.writable(
      input.name,
      credentials,
    );
    const { source, target = repository.defaultBranch } = input;
    if (source === target) {
      throw new InputError(`Branch '${source}' cannot be merged into itself`);
    }
    const heads = await this.#forge.heads(repository.location);
    for (const branch of [source, target]) {
      if (!heads.has(branch)) {
        throw new NotFoundError(
          `Repository '${repository.name}' has no branch '${branch}'; push it first`,
        );
      }
    }
    const row = await this.#knex.transaction(async tx => {
      await findRepository(tx, { id: repository.id }, { lock: true });
      const open = await findOpenChangeRequest(
        tx,
        repository.id,
        source,
        target,
      );
      if (open) {
        throw new ConflictError(
          `Change request ${open.number} asks to merge '${source}' into '${target}' already; push to the branch to change it`,
        );
      }
      return insertChangeRequest(tx, {
        repositoryId: repository.id,
        title: input.title,
        description: input.description,
        source,
        target,
        author: this.#access.actor(credentials),
        createdAt: this.#now(),
      });
    });
    await this.#announcer.signal(repository.name, repository.version);
    return this.#presentWithMerge(repository, row);
  }

  async get(
    { name, number }: Input<'getChangeRequest'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'getChangeRequest'>> {
    const repository = await this.#repositories.readable(name, credentials);
    return this.#presentWithMerge(
      repository,
      await this.#find(repository, number),
    );
  }

  async diff(
    { name, number }: Input<'getChangeRequestDiff'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'getChangeRequestDiff'>> {
    const repository = await this.#repositories.readable(name, credentials);
    const row = await this.#find(repository, number);
    const { base, head } = await this.#sides(repository, row);
    if (!base || !head) {
      throw new NotFoundError(
        `Branch '${row.source}' or '${row.target}' of change request ${number} is gone`,
      );
    }
    const { location } = repository;
    const from = await this.#forge.mergeBase(location, base, head);
    return {
      ...(from && { from }),
      to: head,
      ...(await this.#forge.diff(location, from, head)),
    };
  }

  async merge(
    { name, number, expectedHead }: Input<'mergeChangeRequest'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'mergeChangeRequest'>> {
    const repository = await this.#repositories.writable(name, credentials);
    const actor = this.#access.actor(credentials);
    const row = await this.#find(repository, number);
    this.#requireOpen(row);
    const { base, head } = await this.#sides(repository, row);
    if (!base || !head) {
      throw new ConflictError(
        `Branch '${row.source}' or '${row.target}' is gone; push it again or close change request ${number}`,
      );
    }
    if (expectedHead && expectedHead !== head) {
      throw new ConflictError(
        `Branch '${row.source}' moved to ${head} after you looked at it; look at the new changes and merge again`,
      );
    }
    const trial = await this.#forge.tryMerge(repository.location, base, head);
    if (trial.how === 'conflict') {
      throw new ConflictError(
        `'${row.source}' and '${
          row.target
        }' both changed ${trial.conflicts.join(
          ', ',
        )}. Nothing was merged. Run 'git merge ${row.target}' on '${
          row.source
        }', settle the conflict, push, and merge again`,
      );
    }
    const merged = await this.#announcer.write(
      repository,
      actor,
      'merge',
      async () =>
        this.#forge.merge(repository.location, {
          branch: row.target,
          target: base,
          source: head,
          message: `Merge '${row.source}': ${row.title}\n\nChange request ${number}\n`,
          author: { ...(await this.#people.author(actor)), at: this.#now() },
        }),
    );
    return this.#end(repository, row, {
      state: 'merged',
      by: actor,
      at: this.#now(),
      baseSha: base,
      headSha: head,
      mergedSha: merged,
    });
  }

  async close(
    { name, number }: Input<'closeChangeRequest'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'closeChangeRequest'>> {
    const repository = await this.#repositories.writable(name, credentials);
    const row = await this.#find(repository, number);
    if (row.state === 'closed') return this.#present(repository, row);
    this.#requireOpen(row);
    const { base, head } = await this.#sides(repository, row);
    return this.#end(repository, row, {
      state: 'closed',
      by: this.#access.actor(credentials),
      at: this.#now(),
      baseSha: base,
      headSha: head,
    });
  }

  async #end(
    repository: RepositoryRow,
    row: ChangeRequestRow,
    end: Parameters<typeof endChangeRequest>[3],
  ) {
    const ended = await endChangeRequest(
      this.#knex,
      repository.id,
      row.number,
      end,
    );
    await this.#announcer.signal(repository.name, repository.version);
    return this.#present(
      repository,
      ended ?? (await this.#find(repository, row.number)),
    );
  }

  #requireOpen(row: ChangeRequestRow): void {
    if (row.state !== 'open') {
      throw new ConflictError(
        `Change request ${row.number} is ${row.state} already`,
      );
    }
  }

  async #find(
    repository: RepositoryRow,
    number: number,
  ): Promise<ChangeRequestRow> {
    const row = await findChangeRequest(this.#knex, repository.id, number);
    if (!row) {
      throw new NotFoundError(
        `Repository '${repository.name}' has no change request ${number}`,
      );
    }
    return row;
  }

  /** The two commits that meet: as they are now, or as they were when it ended. */
  async #sides(repository: RepositoryRow, row: ChangeRequestRow) {
    if (row.state !== 'open') return { base: row.baseSha, head: row.headSha };
    const heads = await this.#forge.heads(repository.location);
    return { base: heads.get(row.target), head: heads.get(row.source) };
  }

  async #presentWithMerge(repository: RepositoryRow, row: ChangeRequestRow) {
    const shown = this.#present(repository, row);
    if (row.state !== 'open') return shown;
    const { base, head } = await this.#sides(repository, row);
    if (!base || !head) {
      return {
        ...shown,
        merge: { how: 'branch is gone' as const, conflicts: [] },
      };
    }
    const { how, conflicts } = await this.#forge.tryMerge(
      repository.location,
      base,
      head,
    );
    return { ...shown, merge: { how, conflicts } };
  }

  #present(
    { name }: RepositoryRow,
    row: ChangeRequestRow,
  ): Output<'getChangeRequest'> {
    return {
      repository: name,
      number: row.number,
      title: row.title,
      description: row.description,
      source: row.source,
      target: row.target,
      state: row.state,
      author: row.author,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      closedBy: row.closedBy,
      mergedSha: row.mergedSha,
      webUrl: this.#urls.changeRequest(name, row.number),
    };
  }
}
