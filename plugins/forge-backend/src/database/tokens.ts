import { Knex } from 'knex';

export interface TokenRow {
  id: string;
  hash: string;
  /** Whose it is; `undefined` for a reader. */
  userRef: string | undefined;
  /** The one repository a reader may fetch. */
  repositoryId: string | undefined;
  description: string;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | undefined;
}

interface StoredToken {
  id: string;
  hash: string;
  user_ref: string | null;
  repository_id: string | null;
  description: string;
  created_at: Date;
  expires_at: Date;
  last_used_at: Date | null;
}

const table = (knex: Knex) => knex<StoredToken>('git_tokens');

const fromStored = (row: StoredToken): TokenRow => ({
  id: row.id,
  hash: row.hash,
  userRef: row.user_ref ?? undefined,
  repositoryId: row.repository_id ?? undefined,
  description: row.description,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at ?? undefined,
});

export async function insertToken(
  knex: Knex,
  token: Omit<TokenRow, 'lastUsedAt'>,
): Promise<void> {
  await table(knex).insert({
    id: token.id,
    hash: token.hash,
    user_ref: token.userRef ?? null,
    repository_id: token.repositoryId ?? null,
    description: token.description,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
  });
}

/** The token with this hash, if it is valid at `now`; its use is noted. */
export async function useToken(
  knex: Knex,
  hash: string,
  now: Date,
): Promise<TokenRow | undefined> {
  const [row] = await table(knex)
    .where({ hash })
    .andWhere('expires_at', '>', now)
    .update({ last_used_at: now })
    .returning('*');
  return row && fromStored(row);
}

export async function listTokens(
  knex: Knex,
  userRef: string,
  now: Date,
): Promise<TokenRow[]> {
  const rows = await table(knex)
    .where({ user_ref: userRef })
    .andWhere('expires_at', '>', now)
    .orderBy('created_at', 'desc');
  return rows.map(fromStored);
}

/** `false` when the user has no such token. */
export async function deleteToken(
  knex: Knex,
  userRef: string,
  id: string,
): Promise<boolean> {
  return (await table(knex).where({ user_ref: userRef, id }).delete()) > 0;
}

export async function deleteExpiredTokens(
  knex: Knex,
  now: Date,
): Promise<void> {
  await table(knex).where('expires_at', '<=', now).delete();
}
