import {
  RELATION_MEMBER_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { z } from 'zod';

/** Somebody of the catalog who may be chosen on the sign-in page. */
export interface Person {
  /** Entity ref, `user:default/maya`. */
  ref: string;
  name: string;
  email?: string;
  /** What this person does, one line. */
  role?: string;
  /** The groups the person is a member of. */
  teams: { ref: string; name: string }[];
}

const userSchema = z.object({
  metadata: z.object({ description: z.string().optional() }),
  spec: z.object({
    memberOf: z.array(z.string()).optional(),
    profile: z
      .object({
        displayName: z.string().optional(),
        email: z.string().optional(),
      })
      .optional(),
  }),
});

const groupSchema = z.object({
  spec: z.object({
    profile: z.object({ displayName: z.string().optional() }).optional(),
  }),
});

function teamRefs(user: Entity): string[] {
  return (user.relations ?? [])
    .filter(relation => relation.type === RELATION_MEMBER_OF)
    .map(relation => relation.targetRef);
}

/**
 * A user whose groups the catalog has not stitched yet would get a session
 * that owns nothing, so they are not offered until it has.
 */
function toPerson(user: Entity, groupNames: Map<string, string>) {
  const parsed = userSchema.safeParse(user);
  const teams = teamRefs(user);
  if (!parsed.success) return [];
  const { metadata, spec } = parsed.data;
  if (teams.length < (spec.memberOf?.length ?? 0)) return [];

  const person: Person = {
    ref: stringifyEntityRef(user),
    name: spec.profile?.displayName ?? user.metadata.name,
    email: spec.profile?.email,
    role: metadata.description,
    teams: teams.map(ref => ({
      ref,
      name: groupNames.get(ref) ?? ref.slice(ref.indexOf('/') + 1),
    })),
  };
  return [person];
}

/** Everybody of the catalog, team by team. */
export async function listPeople(deps: {
  catalog: CatalogService;
  auth: AuthService;
}): Promise<Person[]> {
  const credentials = await deps.auth.getOwnServiceCredentials();
  const { items } = await deps.catalog.queryEntities(
    { filter: [{ kind: 'user' }, { kind: 'group' }], limit: 500 },
    { credentials },
  );

  const groupNames = new Map(
    items
      .filter(entity => entity.kind === 'Group')
      .flatMap(entity => {
        const name =
          groupSchema.safeParse(entity).data?.spec.profile?.displayName;
        return name ? [[stringifyEntityRef(entity), name] as const] : [];
      }),
  );

  return items
    .filter(entity => entity.kind === 'User')
    .flatMap(entity => toPerson(entity, groupNames))
    .sort(
      (a, b) =>
        (a.teams[0]?.name ?? '').localeCompare(b.teams[0]?.name ?? '') ||
        a.name.localeCompare(b.name),
    );
}
