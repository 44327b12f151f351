import { randomUUID } from 'node:crypto';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  forgeRepositoryCreatePermission,
  forgeRepositoryDeletePermission,
  forgeRepositoryWritePermission,
  REPOSITORY_NAME_PATTERN,
} from '@ghostlight/plugin-forge-common';
import {
  FORGE_PUSH_TOPIC,
  FORGE_REPOSITORY_TOPIC,
  ForgePushEvent,
  ForgeRepositoryEvent,
} from '@ghostlight/plugin-forge-node';
import { Knex } from 'knex';
import { writeSeenHead } from '../database/heads';
import { addToOutbox } from '../database/outbox';
import {
  deleteRepository,
  findByIdempotencyKey,
  findRepository,
  insertRepository,
  listRepositories,
  RepositoryRow,
} from '../database/repositories';
import { Forge } from '../forge/Forge';
import { Input, Output } from '../operations';
import { Access } from './Access';
import { Announcer } from './Announcer';
import { Commits } from './Commits';
import { fileWrites } from './fileWrites';
import { People } from './People';
import { Urls } from './Urls';

const DEFAULT_BRANCH = 'main';

/** Repositories as such: which there are, whose they are, making and deleting them. */
export class RepositoryService {
  readonly #knex: Knex;
  readonly #forge: Forge;
  readonly #access: Access;
  readonly #people: People;
  readonly #announcer: Announcer;
  readonly #commits: Commits;
  readonly #urls: Urls;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    forge: Forge;
    access: Access;
    people: People;
    announcer: Announcer;
    commits: Commits;
    urls: Urls;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#forge = options.forge;
    this.#access = options.access;
    this.#people = options.people;
    this.#announcer = options.announcer;
    this.#commits = options.commits;
    this.#urls = options.urls;
    this.#now = options.now;
  }

  async list(
    input: Input<'listRepositories'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'listRepositories'>> {
    await this.#access.requireRead(credentials);
    const { rows, total } = await listRepositories(this.#knex, {
      search: input.search,
      owner: input.owner?.toLocaleLowerCase('en-US'),
      skip: (input.page - 1) * input.pageSize,
      limit: input.pageSize,
    });
    return { items: await this.#present(rows), total };
  }

  async get(
    { name }: Input<'getRepository'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'getRepository'>> {
    const row = await this.readable(name, credentials);
    const [repository] = await this.#present([row]);
    return repository;
  }

  async create(
    input: Input<'createRepository'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'createRepository'>> {
    await this.#access.require(forgeRepositoryCreatePermission, credentials);
    const actor = this.#access.actor(credentials);
    const owner = await this.#people.owner(input.owner);
    const { name, idempotencyKey } = input;
    await this.#access.requireOn(
      forgeRepositoryWritePermission,
      { name, owner },
      credentials,
    );
    const existing = await this.#existing(input, actor);
    if (existing) {
      const [repository] = await this.#present([existing]);
      return repository;
    }

    const files = fileWrites(input.files ?? []);
    const at = this.#now();
    const { location, sha } = await this.#forge.create(
      DEFAULT_BRANCH,
      files.length === 0
        ? undefined
        : {
            message: input.message ?? `Create ${name}`,
            author: { ...(await this.#people.author(actor)), at },
            files,
          },
    );
    const [head] = sha ? await this.#forge.commits(location, [sha]) : [];
    const row = {
      id: randomUUID(),
      name,
      description: input.description,
      owner,
      defaultBranch: DEFAULT_BRANCH,
      location,
      createdAt: at,
      createdBy: actor,
      idempotencyKey,
      head,
    };
    const isNew = await this.#knex.transaction(async tx => {
      if (!(await insertRepository(tx, row))) return false;
      const created: ForgeRepositoryEvent = {
        repository: name,
        action: 'created',
      };
      await addToOutbox(tx, FORGE_REPOSITORY_TOPIC, created);
      if (sha) {
        const published: ForgePushEvent = {
          repository: name,
          branch: DEFAULT_BRANCH,
          after: sha,
          pusher: actor,
          origin: 'publish',
        };
        await writeSeenHead(tx, row.id, DEFAULT_BRANCH, sha);
        await addToOutbox(tx, FORGE_PUSH_TOPIC, published);
      }
      return true;
    });
    if (!isNew) {
      await this.#forge.remove(location);
      return this.create(input, credentials);
    }
    await this.#announcer.signal(name, 1);
    void this.#announcer.drain();
    return this.get({ name }, credentials);
  }

  async delete(
    { name }: Input<'deleteRepository'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'deleteRepository'>> {
    const row = await this.readable(name, credentials);
    await this.#access.requireOn(
      forgeRepositoryDeletePermission,
      row,
      credentials,
    );
    await this.#knex.transaction(async tx => {
      await deleteRepository(tx, row.id);
      const deleted: ForgeRepositoryEvent = {
        repository: name,
        action: 'deleted',
      };
      await addToOutbox(tx, FORGE_REPOSITORY_TOPIC, deleted);
    });
    await this.#forge.remove(row.location);
    await this.#announcer.signal(name, row.version + 1);
    void this.#announcer.drain();
    return { name };
  }

  /** The repository of this name, if the caller may read it. */
  async readable(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<RepositoryRow> {
    await this.#access.requireRead(credentials);
    return this.find(name);
  }

  /** The repository of this name, if the caller may write to it. */
  async writable(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<RepositoryRow> {
    const row = await this.readable(name, credentials);
    await this.#access.requireOn(
      forgeRepositoryWritePermission,
      row,
      credentials,
    );
    return row;
  }

  /** Without a check: the caller has made its own. */
  async find(name: string): Promise<RepositoryRow> {
    const row = REPOSITORY_NAME_PATTERN.test(name)
      ? await findRepository(this.#knex, { name })
      : undefined;
    if (!row) {
      throw new NotFoundError(`The forge has no repository '${name}'`);
    }
    return row;
  }

  /** What an earlier attempt of the same request made. */
  async #existing(
    { name, idempotencyKey }: Input<'createRepository'>,
    actor: string,
  ): Promise<RepositoryRow | undefined> {
    if (idempotencyKey) {
      const earlier = await findByIdempotencyKey(
        this.#knex,
        actor,
        idempotencyKey,
      );
      if (earlier?.name === name) return earlier;
      if (earlier) {
        throw new ConflictError(
          `The idempotencyKey '${idempotencyKey}' made repository '${earlier.name}' before; use a new one for '${name}'`,
        );
      }
    }
    const taken = await findRepository(this.#knex, { name });
    if (taken) {
      throw new ConflictError(
        `There is a repository '${name}' already, of ${taken.owner}; choose another name`,
      );
    }
    return undefined;
  }

  async #present(rows: RepositoryRow[]): Promise<Output<'getRepository'>[]> {
    const heads = await this.#commits.present(
      rows.flatMap(({ head }) => (head ? [head] : [])),
    );
    const bySha = new Map(heads.map(head => [head.sha, head]));
    return Promise.all(
      rows.map(async row => ({
        name: row.name,
        description: row.description,
        owner: row.owner,
        defaultBranch: row.defaultBranch,
        createdAt: row.createdAt.toISOString(),
        createdBy: row.createdBy,
        cloneUrl: await this.#urls.clone(row.name),
        webUrl: this.#urls.web(row.name),
        head: row.head && bySha.get(row.head.sha),
      })),
    );
  }
}
