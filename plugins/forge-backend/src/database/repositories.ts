import { Knex } from 'knex';
import type { GitCommit } from '../git/commits';

export interface RepositoryRow {
  id: string;
  name: string;
  description: string | undefined;
  owner: string;
  defaultBranch: string;
  location: string;
  createdAt: Date;
  createdBy: string;
  idempotencyKey: string | undefined;
  version: number;
  head: GitCommit | undefined;
  writeBeganAt: Date | undefined;
  writeBeganBy: string | undefined;
}

interface StoredRepository {
  id: string;
  name: string;
  description: string | null;
  owner: string;
  default_branch: string;
  location: string;
  created_at: Date;
  created_by: string;
  updated_at: Date;
  idempotency_key: string | null;
  version: number;
  head: GitCommit | null;
  write_began_at: Date | null;
  write_began_by: string | null;
}

function fromStored(row: StoredRepository): RepositoryRow {
  return {
    id: row.id,
    name: row.name,
    description: row.description ?? undefined,
    owner: row.owner,
    defaultBranch: row.default_branch,
    location: row.location,
    createdAt: row.created_at,
    createdBy: row.created_by,
    idempotencyKey: row.idempotency_key ?? undefined,
    version: row.version,
    head: row.head ?? undefined,
    writeBeganAt: row.write_began_at ?? undefined,
    writeBeganBy: row.write_began_by ?? undefined,
  };
}

const table = (knex: Knex) => knex<StoredRepository>('repositories');

export async function findRepository(
  knex: Knex,
  by: { name: string } | { id: string },
  options: { lock?: boolean } = {},
): Promise<RepositoryRow | undefined> {
  const query = table(knex).where(by).first();
  const row = await (options.lock ? query.forUpdate() : query);
  return row && fromStored(row);
}

export async function findByIdempotencyKey(
  knex: Knex,
  createdBy: string,
  key: string,
): Promise<RepositoryRow | undefined> {
  const row = await table(knex)
    .where({ created_by: createdBy, idempotency_key: key })
    .first();
  return row && fromStored(row);
}

export async function listRepositories(
  knex: Knex,
  options: { search?: string; owner?: string; skip: number; limit: number },
): Promise<{ rows: RepositoryRow[]; total: number }> {
  const matching = () => {
    const query = table(knex);
    if (options.owner) query.where({ owner: options.owner });
    if (options.search) {
      const pattern = `%${options.search.replace(/[\\%_]/g, '\\$&')}%`;
      query.where(either =>
        either
          .whereILike('name', pattern)
          .orWhereILike('description', pattern)
          .orWhereILike('owner', pattern),
      );
    }
    return query;
  };
  const [rows, counted] = await Promise.all([
    matching()
      .orderBy([{ column: 'updated_at', order: 'desc' }, 'name'])
      .offset(options.skip)
      .limit(options.limit),
    matching().count({ total: '*' }).first(),
  ]);
  return { rows: rows.map(fromStored), total: Number(counted?.total ?? 0) };
}

/** `false` when the name is taken; waits while another transaction decides on it. */
export async function insertRepository(
  knex: Knex,
  row: Omit<RepositoryRow, 'version' | 'writeBeganAt' | 'writeBeganBy'>,
): Promise<boolean> {
  const inserted = await table(knex)
    .insert({
      id: row.id,
      name: row.name,
      description: row.description ?? null,
      owner: row.owner,
      default_branch: row.defaultBranch,
      location: row.location,
      created_at: row.createdAt,
      created_by: row.createdBy,
      updated_at: row.createdAt,
      idempotency_key: row.idempotencyKey ?? null,
      head: row.head ?? null,
    })
    .onConflict()
    .ignore()
    .returning('id');
  return inserted.length === 1;
}

export async function deleteRepository(knex: Knex, id: string): Promise<void> {
  await table(knex).where({ id }).delete();
}

/** Notes that branches may move from now on; see {@link endWrite}. */
export async function beginWrite(
  knex: Knex,
  id: string,
  by: string,
  at: Date,
): Promise<void> {
  await table(knex)
    .where({ id })
    .update({ write_began_at: at, write_began_by: by });
}

/** Notes that what a write moved was announced, unless a later write has begun. */
export async function endWrite(
  knex: Knex,
  id: string,
  began: Date,
): Promise<void> {
  await table(knex)
    .where({ id })
    .andWhere('write_began_at', '<=', began)
    .update({ write_began_at: null, write_began_by: null });
}

/** Repositories in which a write began and was not announced. */
export async function listUnfinishedWrites(
  knex: Knex,
): Promise<RepositoryRow[]> {
  const rows = await table(knex).whereNotNull('write_began_at');
  return rows.map(fromStored);
}

export async function listAllRepositories(
  knex: Knex,
): Promise<RepositoryRow[]> {
  return (await table(knex).select()).map(fromStored);
}

/** Counts the version up; `head` undefined leaves the newest commit as it is. */
export async function touchRepository(
  knex: Knex,
  id: string,
  change: { head?: GitCommit; at: Date },
): Promise<number> {
  const [row] = await table(knex)
    .where({ id })
    .update({
      version: knex.raw('version + 1'),
      updated_at: change.at,
      ...(change.head && { head: change.head }),
    })
    .returning('version');
  return row?.version ?? 0;
}
