import { Knex } from 'knex';

interface StoredHead {
  repository_id: string;
  branch: string;
  sha: string;
}

const table = (knex: Knex) => knex<StoredHead>('heads');

/** Heads that were announced, by branch. */
export async function readSeenHeads(
  knex: Knex,
  repositoryId: string,
): Promise<Map<string, string>> {
  const rows = await table(knex).where({ repository_id: repositoryId });
  return new Map(rows.map(row => [row.branch, row.sha]));
}

export async function writeSeenHead(
  knex: Knex,
  repositoryId: string,
  branch: string,
  sha: string | undefined,
): Promise<void> {
  const key = { repository_id: repositoryId, branch };
  if (sha === undefined) {
    await table(knex).where(key).delete();
  } else {
    await table(knex)
      .insert({ ...key, sha })
      .onConflict(['repository_id', 'branch'])
      .merge();
  }
}
