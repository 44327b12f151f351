import { Knex } from 'knex';

export interface ChangeRequestRow {
  repositoryId: string;
  number: number;
  title: string;
  description: string | undefined;
  source: string;
  target: string;
  state: 'open' | 'merged' | 'closed';
  author: string;
  createdAt: Date;
  updatedAt: Date;
  closedBy: string | undefined;
  baseSha: string | undefined;
  headSha: string | undefined;
  mergedSha: string | undefined;
}

interface StoredChangeRequest {
  repository_id: string;
  number: number;
  title: string;
  description: string | null;
  source: string;
  target: string;
  state: ChangeRequestRow['state'];
  author: string;
  created_at: Date;
  updated_at: Date;
  closed_by: string | null;
  base_sha: string | null;
  head_sha: string | null;
  merged_sha: string | null;
}

const table = (knex: Knex) => knex<StoredChangeRequest>('change_requests');

const fromStored = (row: StoredChangeRequest): ChangeRequestRow => ({
  repositoryId: row.repository_id,
  number: row.number,
  title: row.title,
  description: row.description ?? undefined,
  source: row.source,
  target: row.target,
  state: row.state,
  author: row.author,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  closedBy: row.closed_by ?? undefined,
  baseSha: row.base_sha ?? undefined,
  headSha: row.head_sha ?? undefined,
  mergedSha: row.merged_sha ?? undefined,
});

/** Adds one with the next number; the caller's transaction holds the repository's row. */
export async function insertChangeRequest(
  knex: Knex,
  request: Pick<
    ChangeRequestRow,
    | 'repositoryId'
    | 'title'
    | 'description'
    | 'source'
    | 'target'
    | 'author'
    | 'createdAt'
  >,
): Promise<ChangeRequestRow> {
  const last = await table(knex)
    .where({ repository_id: request.repositoryId })
    .max({ number: 'number' })
    .first();
  const [row] = await table(knex)
    .insert({
      repository_id: request.repositoryId,
      number: Number(last?.number ?? 0) + 1,
      title: request.title,
      description: request.description ?? null,
      source: request.source,
      target: request.target,
      state: 'open',
      author: request.author,
      created_at: request.createdAt,
      updated_at: request.createdAt,
    })
    .returning('*');
  return fromStored(row);
}

export async function findChangeRequest(
  knex: Knex,
  repositoryId: string,
  number: number,
): Promise<ChangeRequestRow | undefined> {
  const row = await table(knex)
    .where({ repository_id: repositoryId, number })
    .first();
  return row && fromStored(row);
}

export async function findOpenChangeRequest(
  knex: Knex,
  repositoryId: string,
  source: string,
  target: string,
): Promise<ChangeRequestRow | undefined> {
  const row = await table(knex)
    .where({ repository_id: repositoryId, source, target, state: 'open' })
    .first();
  return row && fromStored(row);
}

export async function listChangeRequests(
  knex: Knex,
  repositoryId: string,
  options: {
    state?: ChangeRequestRow['state'];
    skip: number;
    limit: number;
  },
): Promise<{ rows: ChangeRequestRow[]; total: number }> {
  const matching = () =>
    table(knex).where({
      repository_id: repositoryId,
      ...(options.state && { state: options.state }),
    });
  const [rows, counted] = await Promise.all([
    matching()
      .orderBy('number', 'desc')
      .offset(options.skip)
      .limit(options.limit),
    matching().count({ total: '*' }).first(),
  ]);
  return { rows: rows.map(fromStored), total: Number(counted?.total ?? 0) };
}

/** Ends an open one; `undefined` when it is not open any more. */
export async function endChangeRequest(
  knex: Knex,
  repositoryId: string,
  number: number,
  end: {
    state: 'merged' | 'closed';
    by: string;
    at: Date;
    baseSha?: string;
    headSha?: string;
    mergedSha?: string;
  },
): Promise<ChangeRequestRow | undefined> {
  const [row] = await table(knex)
    .where({ repository_id: repositoryId, number, state: 'open' })
    .update({
      state: end.state,
      closed_by: end.by,
      updated_at: end.at,
      base_sha: end.baseSha ?? null,
      head_sha: end.headSha ?? null,
      merged_sha: end.mergedSha ?? null,
    })
    .returning('*');
  return row && fromStored(row);
}
