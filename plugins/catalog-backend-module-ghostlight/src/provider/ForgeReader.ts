import { AuthService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  ForgeClient,
  ForgeRequestOptions,
  Repository,
} from '@ghostlight/plugin-forge-common';
import {
  CATALOG_INFO,
  parseCatalogInfo,
} from '../catalogInfo/parseCatalogInfo';
import { RepositoryEntities } from './RepositoryEntities';

const PAGE_SIZE = 100;
/** Versions of a file to go back to for one that is good. */
const HISTORY = 20;

/** Reads what the repositories of the forge declare, as this plugin. */
export class ForgeReader {
  constructor(
    private readonly forge: ForgeClient,
    private readonly auth: AuthService,
  ) {}

  async repositories(): Promise<Repository[]> {
    const found: Repository[] = [];
    const token = await this.#asService();
    for (let page = 1; ; page++) {
      const { items, total } = await this.forge.listRepositories(
        { page, pageSize: PAGE_SIZE },
        token,
      );
      found.push(...items);
      if (items.length === 0 || page * PAGE_SIZE >= total) {
        return found;
      }
    }
  }

  async repository(name: string): Promise<Repository | undefined> {
    return this.forge.getRepository(name, await this.#asService());
  }

  /** What the newest commit declares; the last good version when that cannot be read. Nothing without a `catalog-info.yaml`. */
  async entities(repository: Repository): Promise<RepositoryEntities> {
    const sha = repository.head?.sha;
    const text = sha && (await this.#catalogInfo(repository.name, sha));
    if (text === undefined || text === '') {
      return { repository, entities: [], problems: [] };
    }
    const { entities, problems } = parseCatalogInfo(text);
    if (problems.length === 0) {
      return { repository, entities, problems };
    }
    const lastGood = await this.#lastGood(repository);
    return { repository, entities: lastGood, problems };
  }

  async #lastGood({ name, defaultBranch }: Repository) {
    const { items } = await this.forge.listCommits(
      name,
      { branch: defaultBranch, path: CATALOG_INFO, pageSize: HISTORY },
      await this.#asService(),
    );
    for (const { sha } of items) {
      const text = await this.#catalogInfo(name, sha);
      const { entities, problems } = parseCatalogInfo(text ?? '');
      if (problems.length === 0) {
        return entities;
      }
    }
    return [];
  }

  async #catalogInfo(name: string, ref: string): Promise<string | undefined> {
    try {
      const file = await this.forge.getFile(
        name,
        { ref, path: CATALOG_INFO },
        await this.#asService(),
      );
      return file.encoding === 'base64' && file.content
        ? Buffer.from(file.content, 'base64').toString('utf8')
        : file.content;
    } catch (error) {
      if (error instanceof ResponseError && error.statusCode === 404) {
        return undefined;
      }
      throw error;
    }
  }

  async #asService(): Promise<ForgeRequestOptions> {
    return this.auth.getPluginRequestToken({
      onBehalfOf: await this.auth.getOwnServiceCredentials(),
      targetPluginId: 'forge',
    });
  }
}
