import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import { forgeRepositoryWritePermission } from '@ghostlight/plugin-forge-common';
import { RepositoryRow } from '../database/repositories';
import { Access } from '../service/Access';
import { People } from '../service/People';
import { TokenService } from '../service/TokenService';

/** Who speaks git to the forge, and what they may. */
export interface GitCaller {
  /** How a push is signed. */
  ref: string;
  /** @throws NotAllowedError */
  requireRead(repository: RepositoryRow): Promise<void>;
  /** @throws NotAllowedError */
  requireWrite(repository: RepositoryRow): Promise<void>;
}

/** Finds out who sent a git request. The user name that goes with a password says nothing and is not looked at. */
export class GitCallers {
  readonly #auth: AuthService;
  readonly #tokens: TokenService;
  readonly #access: Access;
  readonly #people: People;

  constructor(options: {
    auth: AuthService;
    tokens: TokenService;
    access: Access;
    people: People;
  }) {
    this.#auth = options.auth;
    this.#tokens = options.tokens;
    this.#access = options.access;
    this.#people = options.people;
  }

  /** @throws AuthenticationError when the header is absent or its password is worth nothing */
  async identify(authorization: string | undefined): Promise<GitCaller> {
    const password = readPassword(authorization);
    if (!password) {
      throw new AuthenticationError(
        'Sign in with a git token: create one on the page of the repository in the portal, under "Clone"',
      );
    }
    const token = await this.#tokens.use(password);
    if (token?.userRef) return this.#tokenHolder(token.userRef);
    if (token?.repositoryId) return reader(token.repositoryId);
    const credentials = await this.#auth.authenticate(password).catch(error => {
      throw new AuthenticationError(
        'This git token is not valid, or no longer; create a new one in the portal',
        error,
      );
    });
    return this.#signedIn(credentials);
  }

  async #tokenHolder(userRef: string): Promise<GitCaller> {
    if (!(await this.#people.claims(userRef))) {
      throw new AuthenticationError(
        `${userRef}, whose git token this is, is not in the catalog any more`,
      );
    }
    return {
      ref: userRef,
      requireRead: async () => {},
      requireWrite: repository =>
        this.#access.requireOwner(repository, userRef),
    };
  }

  async #signedIn(credentials: BackstageCredentials): Promise<GitCaller> {
    const isService = this.#auth.isPrincipal(credentials, 'service');
    return {
      ref: this.#access.actor(credentials),
      requireRead: () => this.#access.requireRead(credentials),
      requireWrite: async repository => {
        if (isService) {
          throw new NotAllowedError(
            'Services commit through the API, they do not push',
          );
        }
        await this.#access.requireOn(
          forgeRepositoryWritePermission,
          repository,
          credentials,
        );
      },
    };
  }
}

function reader(repositoryId: string): GitCaller {
  return {
    ref: 'reader',
    async requireRead({ id, name }) {
      if (id !== repositoryId) {
        throw new NotAllowedError(
          `This token is for another repository, not for '${name}'`,
        );
      }
    },
    async requireWrite() {
      throw new NotAllowedError('This token only reads');
    },
  };
}

function readPassword(authorization: string | undefined): string | undefined {
  const [, scheme, value] =
    /^(Basic|Bearer) +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (!scheme) return undefined;
  if (scheme.toLocaleLowerCase('en-US') === 'bearer') return value;
  const decoded = Buffer.from(value, 'base64').toString();
  return decoded.slice(decoded.indexOf(':') + 1) || undefined;
}
