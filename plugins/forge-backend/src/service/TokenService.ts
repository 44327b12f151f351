import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import {
  deleteExpiredTokens,
  deleteToken,
  insertToken,
  listTokens,
  TokenRow,
  useToken,
} from '../database/tokens';
import { Input, Output } from '../operations';
import { Access } from './Access';
import { RepositoryService } from './RepositoryService';
import { Urls } from './Urls';

const DAY_MS = 24 * 60 * 60 * 1000;
const USER_TOKEN_MS = 30 * DAY_MS;
/** Long enough for a slow clone to begin, short enough to be worth little in a log. */
const READER_TOKEN_MS = 15 * 60 * 1000;
const PREFIX = 'glf_';

const hashOf = (secret: string) =>
  createHash('sha256').update(secret).digest('hex');

/** Passwords for git. They are random and long, so a plain SHA-256 keeps them. */
export class TokenService {
  readonly #knex: Knex;
  readonly #repositories: RepositoryService;
  readonly #access: Access;
  readonly #urls: Urls;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    repositories: RepositoryService;
    access: Access;
    urls: Urls;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#repositories = options.repositories;
    this.#access = options.access;
    this.#urls = options.urls;
    this.#now = options.now;
  }

  async list(
    _input: Input<'listTokens'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'listTokens'>> {
    const user = this.#access.user(credentials);
    const rows = await listTokens(this.#knex, user, this.#now());
    return {
      items: rows.map(row => ({
        ...presentToken(row),
        lastUsedAt: row.lastUsedAt?.toISOString(),
      })),
    };
  }

  async create(
    { description }: Input<'createToken'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'createToken'>> {
    const userRef = this.#access.user(credentials);
    await this.#access.requireRead(credentials);
    const { secret, row } = await this.#issue(USER_TOKEN_MS, {
      userRef,
      repositoryId: undefined,
      description,
    });
    return {
      ...presentToken(row),
      token: secret,
      username: parseEntityRef(userRef).name,
    };
  }

  async delete(
    { id }: Input<'deleteToken'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'deleteToken'>> {
    const user = this.#access.user(credentials);
    if (!(await deleteToken(this.#knex, user, id))) {
      throw new NotFoundError(`You have no git token ${id}`);
    }
    return { id };
  }

  async readAccess(
    { name }: Input<'getReadAccess'>,
    credentials: BackstageCredentials,
  ): Promise<Output<'getReadAccess'>> {
    this.#access.service(credentials);
    const repository = await this.#repositories.readable(name, credentials);
    const { secret, row } = await this.#issue(READER_TOKEN_MS, {
      userRef: undefined,
      repositoryId: repository.id,
      description: `reader for ${this.#access.actor(credentials)}`,
    });
    const basic = Buffer.from(`reader:${secret}`).toString('base64');
    return {
      url: await this.#urls.clone(name),
      authorization: `Basic ${basic}`,
      expiresAt: row.expiresAt.toISOString(),
    };
  }

  /** Whom a password belongs to; `undefined` when it is no valid token of the forge. */
  async use(
    secret: string,
  ): Promise<Pick<TokenRow, 'userRef' | 'repositoryId'> | undefined> {
    if (!secret.startsWith(PREFIX)) return undefined;
    return useToken(this.#knex, hashOf(secret), this.#now());
  }

  async forgetExpired(): Promise<void> {
    await deleteExpiredTokens(this.#knex, this.#now());
  }

  async #issue(
    lifetimeMs: number,
    token: Pick<TokenRow, 'userRef' | 'repositoryId' | 'description'>,
  ) {
    const secret = `${PREFIX}${randomBytes(32).toString('base64url')}`;
    const createdAt = this.#now();
    const row = {
      ...token,
      id: randomUUID(),
      hash: hashOf(secret),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + lifetimeMs),
    };
    await insertToken(this.#knex, row);
    return { secret, row };
  }
}

function presentToken(row: Omit<TokenRow, 'lastUsedAt'>) {
  return {
    id: row.id,
    description: row.description,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
