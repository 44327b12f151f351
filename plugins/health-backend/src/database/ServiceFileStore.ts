import type { Knex } from 'knex';

/** The last file that could be read of an entity. */
export interface StoredFile {
  source: string;
  sha?: string;
  content: Uint8Array;
  /** ISO 8601 UTC. */
  readAt: string;
}

interface Row {
  entity_ref: string;
  source: string;
  sha: string | null;
  content: Buffer;
  read_at: Date;
}

/** Keeps what was read, so that objectives go on when nobody can be asked, also after a restart. */
export class ServiceFileStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(entityRef: string): Promise<StoredFile | undefined> {
    const row = await this.#knex<Row>('service_files')
      .where({ entity_ref: entityRef })
      .first();
    return (
      row && {
        source: row.source,
        content: row.content,
        readAt: row.read_at.toISOString(),
        ...(row.sha !== null && { sha: row.sha }),
      }
    );
  }

  async put(entityRef: string, file: StoredFile): Promise<void> {
    await this.#knex<Row>('service_files')
      .insert({
        entity_ref: entityRef,
        source: file.source,
        sha: file.sha ?? null,
        content: Buffer.from(file.content),
        read_at: new Date(file.readAt),
      })
      .onConflict('entity_ref')
      .merge();
  }

  async remove(entityRef: string): Promise<void> {
    await this.#knex('service_files').where({ entity_ref: entityRef }).delete();
  }
}
