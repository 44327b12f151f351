import {
  AuthService,
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { forgeRepositoryReadPermission } from '@ghostlight/plugin-forge-common';
import {
  isOwnedBy,
  OwnedRepository,
  repositoryResourceRef,
} from '../permissions';
import { People } from './People';

/**
 * May this caller do that?
 *
 * Callers with Backstage credentials are asked of the permission framework. A git token is a password that lives for
 * days: Backstage has no way to make credentials of a user out of it (`AuthService` authenticates tokens it issued and
 * nothing else), so the policy cannot be asked on the user's behalf. For git tokens the forge therefore decides by the
 * narrowest rule any policy here has, on facts read at that moment: the catalog still knows the user, and the user or
 * one of the user's groups owns the repository or is in `ghostlight.operators`. A policy stricter than that must revoke
 * git tokens, not rely on this class.
 */
export class Access {
  readonly #auth: AuthService;
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #people: People;
  readonly #operators: string[];

  constructor(options: {
    auth: AuthService;
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    people: People;
    operators: string[];
  }) {
    this.#auth = options.auth;
    this.#permissions = options.permissions;
    this.#registry = options.permissionsRegistry;
    this.#people = options.people;
    this.#operators = options.operators;
  }

  /** How the caller is named in what is stored: a user entity ref, or the service's own name. */
  actor(credentials: BackstageCredentials): string {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      return credentials.principal.userEntityRef;
    }
    if (this.#auth.isPrincipal(credentials, 'service')) {
      return credentials.principal.subject;
    }
    throw new NotAllowedError('The forge answers signed-in callers only');
  }

  /** Ref of the calling user; services have no things of their own here. */
  user(credentials: BackstageCredentials): string {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError('Git tokens belong to people; sign in as one');
    }
    return credentials.principal.userEntityRef;
  }

  service(credentials: BackstageCredentials): void {
    if (!this.#auth.isPrincipal(credentials, 'service')) {
      throw new NotAllowedError(
        'Read access is for image builders; to clone yourself, create a git token',
      );
    }
  }

  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [{ result }] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You lack the permission ${permission.name}; ask an operator of this portal`,
      );
    }
  }

  async requireRead(credentials: BackstageCredentials): Promise<void> {
    await this.require(forgeRepositoryReadPermission, credentials);
  }

  async requireOn(
    permission: ResourcePermission,
    repository: OwnedRepository,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    const isAllowed = createConditionAuthorizer(
      this.#registry.getPermissionRuleset(repositoryResourceRef),
    );
    if (!isAllowed(decision, repository)) {
      throw new NotAllowedError(refusal(repository));
    }
  }

  /** For holders of a git token; see above. */
  async requireOwner(
    repository: OwnedRepository,
    userRef: string,
  ): Promise<void> {
    const claims = await this.#people.claims(userRef);
    const isOperator = claims?.some(claim => this.#operators.includes(claim));
    if (!claims || !(isOperator || isOwnedBy.apply(repository, { claims }))) {
      throw new NotAllowedError(refusal(repository));
    }
  }
}

function refusal({ name, owner }: OwnedRepository): string {
  return `You may not write to repository '${name}': it belongs to ${owner}. Ask one of its members, or an operator of this portal`;
}
