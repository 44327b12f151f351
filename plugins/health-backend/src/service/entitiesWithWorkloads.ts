import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import {
  KUBERNETES_ID,
  KUBERNETES_LABEL_SELECTOR,
} from '@ghostlight/plugin-clusters-node';

const PAGE_SIZE = 500;

/** Entities whose annotations name workloads, at most `limit`. */
export async function entitiesWithWorkloads(
  catalog: CatalogService,
  credentials: BackstageCredentials,
  limit: number,
): Promise<Entity[]> {
  const entities: Entity[] = [];
  let cursor: string | undefined;
  do {
    const page = await catalog.queryEntities(
      {
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
        ],
        limit: Math.min(PAGE_SIZE, limit - entities.length),
        ...(cursor
          ? { cursor }
          : {
              filter: [KUBERNETES_ID, KUBERNETES_LABEL_SELECTOR].map(name => ({
                [`metadata.annotations.${name}`]: CATALOG_FILTER_EXISTS,
              })),
            }),
      },
      { credentials },
    );
    entities.push(...page.items);
    cursor = page.pageInfo.nextCursor;
  } while (cursor && entities.length < limit);
  return entities;
}
