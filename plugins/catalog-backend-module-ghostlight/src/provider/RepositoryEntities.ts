import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { DeferredEntity } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_REPOSITORY,
  Repository,
} from '@ghostlight/plugin-forge-common';
import { CATALOG_INFO } from '../catalogInfo/parseCatalogInfo';

/** Says in words what is wrong with the newest `catalog-info.yaml`, while an earlier one is served. */
export const ANNOTATION_PROBLEM = 'ghostlight.dev/catalog-info-problem';

/** What one repository declares at one commit. */
export type RepositoryEntities = {
  repository: Repository;
  entities: Entity[];
  /** What is wrong with the newest version; the entities are then those of the last good one. */
  problems: string[];
};

/** An entity as the catalog gets it: with where it comes from, whatever the file says about that. */
export function toDeferredEntity(
  { repository, problems }: RepositoryEntities,
  entity: Entity,
): DeferredEntity {
  const file = `${repository.webUrl}/file/${CATALOG_INFO}`;
  const location = `url:${file}`;
  return {
    locationKey: `ghostlight-forge:${repository.name}`,
    entity: {
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: {
          ...entity.metadata.annotations,
          [ANNOTATION_REPOSITORY]: repository.name,
          [ANNOTATION_LOCATION]: location,
          [ANNOTATION_ORIGIN_LOCATION]: location,
          [ANNOTATION_SOURCE_LOCATION]: `url:${repository.webUrl}/`,
          [ANNOTATION_VIEW_URL]: file,
          [ANNOTATION_EDIT_URL]: file,
          ...(problems.length > 0
            ? { [ANNOTATION_PROBLEM]: problems.join('\n') }
            : {}),
        },
      },
    },
  };
}

/** A repository that declares what an older one declares already. */
export type Conflict = { entityRef: string; winner: string; loser: string };

/** Each entity of the oldest repository that declares it, so that nobody takes a name that is in use. */
export function resolveConflicts(all: readonly RepositoryEntities[]): {
  entities: Map<string, DeferredEntity>;
  conflicts: Conflict[];
} {
  const oldestFirst = [...all].sort(
    (a, b) =>
      a.repository.createdAt.localeCompare(b.repository.createdAt) ||
      a.repository.name.localeCompare(b.repository.name),
  );
  const entities = new Map<string, DeferredEntity>();
  const owners = new Map<string, string>();
  const conflicts: Conflict[] = [];
  for (const each of oldestFirst) {
    for (const entity of each.entities) {
      const entityRef = stringifyEntityRef(entity);
      const winner = owners.get(entityRef);
      if (winner !== undefined) {
        conflicts.push({ entityRef, winner, loser: each.repository.name });
      } else {
        owners.set(entityRef, each.repository.name);
        entities.set(entityRef, toDeferredEntity(each, entity));
      }
    }
  }
  return { entities, conflicts };
}
