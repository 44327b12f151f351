import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { RepositoryRow } from '../database/repositories';
import { Forge } from '../forge/Forge';
import { Input, Output } from '../operations';
import { Access } from './Access';
import { Announcer } from './Announcer';
import { Commits } from './Commits';
import { fileWrites } from './fileWrites';
import { People } from './People';
import { RepositoryService } from './RepositoryService';

/** What is in a repository: branches, history, files; and writing them. */
export class ContentService {
  readonly #repositories: RepositoryService;
  readonly #forge: Forge;
  readonly #access: Access;
  readonly #people: People;
  readonly #announcer: Announcer;
  readonly #commits: Commits;
  readonly #now: () => Date;

  constructor(options: {
    repositories: RepositoryService;
    forge: Forge;
    access: Access;
    people: People;
    announcer: Announcer;
    commits: Commits;
    now: () => Date;
  }) {
    this.#repositories = options.repositories;
    this.#forge = options.forge;
    this.#access = options.access;
    this.#people = options.people;
    this.#announcer = options.announcer;
    this.#commits = options.commits;
    this.#now = options.now;
  }

  async branches(
    { name }: Input<'listBranches'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'listBranches'>> {
    const row = await this.#repositories.readable(name, credentials);
    const heads = await this.#forge.heads(row.location);
    const commits = await this.#forge.commits(row.location, [
      ...new Set(heads.values()),
    ]);
    const bySha = new Map(
      (await this.#commits.present(commits)).map(commit => [
        commit.sha,
        commit,
      ]),
    );
    const items = [...heads].flatMap(([branch, sha]) => {
      const head = bySha.get(sha);
      return head
        ? [{ name: branch, head, isDefault: branch === row.defaultBranch }]
        : [];
    });
    items.sort(
      (a, b) =>
        Number(b.isDefault) - Number(a.isDefault) ||
        b.head.at.localeCompare(a.head.at),
    );
    return { items };
  }

  async createBranch(
    { name, branch, from }: Input<'createBranch'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'createBranch'>> {
    const row = await this.#repositories.writable(name, credentials);
    const sha = await this.#forge.get(row.location, from ?? row.defaultBranch);
    const heads = await this.#forge.heads(row.location);
    if (heads.has(branch)) {
      throw new ConflictError(
        `There is a branch '${branch}' already; choose another name or commit to it`,
      );
    }
    await this.#announcer.write(
      row,
      this.#access.actor(credentials),
      'push',
      () => this.#forge.createBranch(row.location, branch, sha),
    );
    const [head] = await this.#present(row, [sha]);
    return { name: branch, head, isDefault: branch === row.defaultBranch };
  }

  async commits(
    { name, branch, path, page, pageSize }: Input<'listCommits'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'listCommits'>> {
    const row = await this.#repositories.readable(name, credentials);
    const sha = await this.#resolve(row, branch);
    if (!sha) return { items: [] };
    const found = await this.#forge.log(row.location, sha, {
      path,
      skip: (page - 1) * pageSize,
      limit: pageSize + 1,
    });
    return {
      items: await this.#commits.present(found.slice(0, pageSize)),
      ...(found.length > pageSize && { nextPage: page + 1 }),
    };
  }

  async commit(
    { name, sha }: Input<'getCommit'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'getCommit'>> {
    const row = await this.#repositories.readable(name, credentials);
    const full = await this.#forge.get(row.location, sha);
    const [commit] = await this.#present(row, [full]);
    return commit;
  }

  async commitFiles(
    input: Input<'commitFiles'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'commitFiles'>> {
    const row = await this.#repositories.writable(input.name, credentials);
    const actor = this.#access.actor(credentials);
    const branch = input.branch ?? row.defaultBranch;
    const files = fileWrites(input.files);
    const heads = await this.#forge.heads(row.location);
    const parent = heads.get(branch);
    if (!parent && heads.size > 0) {
      throw new NotFoundError(
        `Repository '${row.name}' has no branch '${branch}'; create it first`,
      );
    }
    if (input.expectedHead && input.expectedHead !== parent) {
      throw new ConflictError(
        `Branch '${branch}' is at ${parent ?? 'its beginning'}, not at ${
          input.expectedHead
        }: somebody else wrote to it. Read the files again, apply your change to them and repeat with the new head`,
      );
    }
    const sha = await this.#announcer.write(row, actor, 'push', async () =>
      this.#forge.commit(row.location, branch, parent, {
        message: input.message,
        author: { ...(await this.#people.author(actor)), at: this.#now() },
        files,
      }),
    );
    const [commit] = await this.#present(row, [sha]);
    return commit;
  }

  async tree(
    { name, ref, path = '' }: Input<'getTree'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'getTree'>> {
    const row = await this.#repositories.readable(name, credentials);
    const shown = { ref: ref ?? row.defaultBranch, path };
    const sha = await this.#resolve(row, ref);
    if (!sha && path === '') return { ...shown, entries: [], truncated: false };
    if (!sha) {
      throw new NotFoundError(
        `Repository '${name}' is empty, it has no folder '${path}'`,
      );
    }
    return {
      ...shown,
      sha,
      ...(await this.#forge.tree(row.location, sha, path)),
    };
  }

  async file(
    { name, ref, path }: Input<'getFile'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'getFile'>> {
    const row = await this.#repositories.readable(name, credentials);
    const sha = await this.#resolve(row, ref);
    if (!sha) {
      throw new NotFoundError(
        `Repository '${name}' is empty, it has no file '${path}'`,
      );
    }
    const file = await this.#forge.file(row.location, sha, path);
    return { ref: ref ?? row.defaultBranch, sha, path, ...file };
  }

  async diff(
    { name, from, to }: Input<'getDiff'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'getDiff'>> {
    const row = await this.#repositories.readable(name, credentials);
    const toSha = await this.#forge.get(row.location, to);
    const [commit] = await this.#forge.commits(row.location, [toSha]);
    const fromSha = from
      ? await this.#forge.get(row.location, from)
      : commit.parents.at(0);
    return {
      ...(fromSha && { from: fromSha }),
      to: toSha,
      ...(await this.#forge.diff(row.location, fromSha, toSha)),
    };
  }

  async #present(row: RepositoryRow, shas: string[]) {
    return this.#commits.present(await this.#forge.commits(row.location, shas));
  }

  /** `undefined` only for a repository without commits that is asked for no revision in particular. */
  async #resolve(
    row: RepositoryRow,
    revision: string | undefined,
  ): Promise<string | undefined> {
    return revision === undefined || revision === row.defaultBranch
      ? this.#forge.find(row.location, row.defaultBranch)
      : this.#forge.get(row.location, revision);
  }
}
