import { AuthService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_REPOSITORY,
  ForgeClient,
  Repository,
} from '@ghostlight/plugin-forge-common';

const PAGE = 100;

/** What the search reads of the forge and the catalog, as this plugin. */
export class ForgeReader {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      forge: Pick<ForgeClient, 'listRepositories' | 'getTree' | 'getFile'>;
    },
  ) {}

  async *repositories(): AsyncGenerator<Repository> {
    const { forge } = this.options;
    for (let page = 1; ; page += 1) {
      const { items, total } = await forge.listRepositories(
        { page, pageSize: PAGE },
        await this.#asService(),
      );
      yield* items;
      if (items.length === 0 || page * PAGE >= total) {
        return;
      }
    }
  }

  /** The component that comes from each repository, by the repository's name. */
  async components(): Promise<Map<string, Entity>> {
    const { auth, catalog } = this.options;
    const found = new Map<string, Entity>();
    const pages = catalog.streamEntities(
      {
        filter: {
          kind: 'Component',
          [`metadata.annotations.${ANNOTATION_REPOSITORY}`]:
            CATALOG_FILTER_EXISTS,
        },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
        ],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    for await (const entities of pages) {
      for (const entity of entities) {
        const name = entity.metadata.annotations?.[ANNOTATION_REPOSITORY];
        if (name && !found.has(name)) found.set(name, entity);
      }
    }
    return found;
  }

  async tree(repository: string, ref: string, path: string | undefined) {
    return this.options.forge.getTree(
      repository,
      { ref, path },
      await this.#asService(),
    );
  }

  async file(repository: string, ref: string, path: string) {
    return this.options.forge.getFile(
      repository,
      { ref, path },
      await this.#asService(),
    );
  }

  async #asService() {
    return this.options.auth.getPluginRequestToken({
      onBehalfOf: await this.options.auth.getOwnServiceCredentials(),
      targetPluginId: 'forge',
    });
  }
}
