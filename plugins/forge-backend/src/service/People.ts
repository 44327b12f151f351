import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
  UserEntity,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';

const REMEMBER_MS = 60_000;

function isUser(entity: Entity | undefined): entity is UserEntity {
  return entity?.kind === 'User';
}

/** Who people are, as the catalog knows them. */
export class People {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #now: () => Date;
  readonly #refs = new Map<
    string,
    { ref: string | undefined; until: number }
  >();

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    now: () => Date;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#now = options.now;
  }

  /** Name and email for commits made through the API. */
  async author(ref: string): Promise<{ name: string; email: string }> {
    // Services act under a name that is no entity ref of a user.
    if (!ref.startsWith('user:')) {
      return { name: 'Ghostlight', email: 'ghostlight@localhost' };
    }
    const entity = await this.#entity(ref);
    const profile = isUser(entity) ? entity.spec.profile : undefined;
    const { name } = parseEntityRef(ref);
    return {
      name: profile?.displayName ?? name,
      email: profile?.email ?? `${name}@users.localhost`,
    };
  }

  /**
   * The user and the groups they are a member of, which is what Backstage's sign-in counts as the user's ownership too.
   * `undefined` when the catalog does not know the user any more.
   */
  async claims(userRef: string): Promise<string[] | undefined> {
    const entity = await this.#entity(userRef);
    if (!entity) return undefined;
    const groups = (entity.relations ?? [])
      .filter(relation => relation.type === RELATION_MEMBER_OF)
      .map(relation => relation.targetRef);
    return [stringifyEntityRef(entity), ...groups];
  }

  /** The full entity ref of an owner, who must exist. */
  async owner(owner: string): Promise<string> {
    let ref: string;
    try {
      ref = stringifyEntityRef(
        parseEntityRef(owner, {
          defaultKind: 'group',
          defaultNamespace: 'default',
        }),
      );
    } catch {
      throw new InputError(
        `'${owner}' is no entity ref; name a group or user, such as group:default/team-a`,
      );
    }
    if (!/^(group|user):/.test(ref)) {
      throw new InputError(
        `A repository belongs to a group or a user, not '${ref}'`,
      );
    }
    if (!(await this.#entity(ref))) {
      throw new InputError(
        `The catalog has no '${ref}'; choose an owner that is in the catalog`,
      );
    }
    return ref;
  }

  /** Users by the email of their profile, in any case of letters. */
  async refsByEmail(emails: string[]): Promise<Map<string, string>> {
    const now = this.#now().getTime();
    const unknown = [...new Set(emails)].filter(
      email => (this.#refs.get(email)?.until ?? 0) < now,
    );
    if (unknown.length > 0) {
      const { items } = await this.#catalog.getEntities(
        {
          filter: { kind: 'user', 'spec.profile.email': unknown },
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'spec.profile.email',
          ],
        },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      const found = new Map(
        items
          .filter(isUser)
          .map(user => [
            user.spec.profile?.email?.toLocaleLowerCase('en-US'),
            stringifyEntityRef(user),
          ]),
      );
      // Authors come from anyone who may push: keep a bound on what is remembered of them.
      if (this.#refs.size > 10_000) this.#refs.clear();
      for (const email of unknown) {
        this.#refs.set(email, {
          ref: found.get(email.toLocaleLowerCase('en-US')),
          until: now + REMEMBER_MS,
        });
      }
    }
    return new Map(
      emails.flatMap(email => {
        const ref = this.#refs.get(email)?.ref;
        return ref ? [[email, ref]] : [];
      }),
    );
  }

  async #entity(ref: string): Promise<Entity | undefined> {
    return this.#catalog.getEntityByRef(ref, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
  }
}
