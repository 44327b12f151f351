import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_API_CONSUMED_BY,
  RELATION_API_PROVIDED_BY,
  RELATION_CONSUMES_API,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  RELATION_HAS_PART,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { Access } from '../service/Access';

/** A map with more is a wall. */
export const MAX_NODES = 200;

/** What a map is drawn of, as far as the caller may see it. */
export interface MapEntities {
  /** Components of the system. */
  members: Entity[];
  /** Components they need, or that need them, as the catalog says. */
  neighbours: Entity[];
  /** APIs between them. */
  apis: Entity[];
  notes: string[];
}

/** Looks up the parts of a system and what the catalog says they have to do with. */
export async function mapEntities(
  system: Entity,
  access: Access,
  credentials: BackstageCredentials,
): Promise<MapEntities> {
  const load = async (refs: string[]) => {
    const entities = await access.visible(refs, credentials, ['relations']);
    return entities.flatMap(entity => entity ?? []);
  };
  const parts = targets([system], [RELATION_HAS_PART], 'component');
  const members = await load(parts.slice(0, MAX_NODES));
  const apis = await load(
    targets(members, [RELATION_CONSUMES_API, RELATION_PROVIDES_API], 'api'),
  );
  const known = new Set(members.map(member => stringifyEntityRef(member)));
  const around = [
    ...targets(
      members,
      [RELATION_DEPENDS_ON, RELATION_DEPENDENCY_OF],
      'component',
    ),
    ...targets(
      apis,
      [RELATION_API_PROVIDED_BY, RELATION_API_CONSUMED_BY],
      'component',
    ),
  ].filter(ref => !known.has(ref));
  const neighbours = await load([...new Set(around)].slice(0, MAX_NODES));
  return {
    members,
    neighbours,
    apis,
    notes:
      parts.length > MAX_NODES
        ? [
            `the system has ${parts.length} components; ${MAX_NODES} are looked at`,
          ]
        : [],
  };
}

/** Refs of this kind that the entities are related to, each once. */
function targets(
  entities: Entity[],
  relations: string[],
  kind: string,
): string[] {
  const refs = entities
    .flatMap(entity => entity.relations ?? [])
    .filter(({ type }) => relations.includes(type))
    .map(({ targetRef }) => targetRef)
    .filter(ref => parseEntityRef(ref).kind.toLowerCase() === kind);
  return [...new Set(refs)];
}
