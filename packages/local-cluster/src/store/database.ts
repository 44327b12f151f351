import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { ApiError } from '../api-error.ts';
import type { WatchEvent } from '../types.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS objects (
    api_version TEXT NOT NULL, kind TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (api_version, kind, namespace, name)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS history (
    revision INTEGER PRIMARY KEY, type TEXT NOT NULL,
    api_version TEXT NOT NULL, kind TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS history_of_object ON history (api_version, kind, namespace, name, revision);
`;

export interface StoredKey {
  apiVersion: string;
  kind: string;
  /** '' for cluster-scoped kinds */
  namespace: string;
  name: string;
}

export interface HistoryRow extends StoredKey {
  revision: number;
  type: WatchEvent['type'];
  body: string;
}

interface Sql {
  body: string;
  revision: number;
  type: WatchEvent['type'];
  api_version: string;
  kind: string;
  namespace: string;
  name: string;
}

const keyOf = (row: Sql): StoredKey => ({
  apiVersion: row.api_version,
  kind: row.kind,
  namespace: row.namespace,
  name: row.name,
});

/** All SQL of the store. WAL with synchronous NORMAL: what was committed survives a kill -9 of the process. */
export class Database {
  readonly #db: DatabaseSync;
  readonly #file: string;
  readonly #statements;

  constructor(file: string) {
    this.#file = file;
    // Secrets are in it; its journal gets the same mode from SQLite.
    closeSync(openSync(file, 'a', 0o600));
    this.#db = new DatabaseSync(file);
    this.#db.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;',
    );
    this.#db.exec(SCHEMA);
    const sql = (text: string) => this.#db.prepare(text);
    this.#statements = {
      begin: sql('BEGIN IMMEDIATE'),
      commit: sql('COMMIT'),
      rollback: sql('ROLLBACK'),
      put: sql('INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?)'),
      drop: sql(
        'DELETE FROM objects WHERE api_version = ? AND kind = ? AND namespace = ? AND name = ?',
      ),
      log: sql('INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?)'),
      prune: sql('DELETE FROM history WHERE revision <= ?'),
      since: sql('SELECT * FROM history WHERE revision > ? ORDER BY revision'),
      before: sql(
        `SELECT body FROM history WHERE api_version = ? AND kind = ? AND namespace = ? AND name = ? AND revision < ?
         ORDER BY revision DESC LIMIT 1`,
      ),
      bounds: sql(
        'SELECT coalesce(min(revision), 0) AS first, coalesce(max(revision), 0) AS last FROM history',
      ),
      all: sql('SELECT * FROM objects'),
    };
  }

  objects(): (StoredKey & { body: string })[] {
    return this.#rows(this.#statements.all.all()).map(row => ({
      ...keyOf(row),
      body: row.body,
    }));
  }

  /** First and last revision in the history; 0 and 0 when nothing was ever written. */
  bounds(): { first: number; last: number } {
    const row = this.#statements.bounds.get();
    return { first: Number(row?.first), last: Number(row?.last) };
  }

  /** Writes the object's new state (or its removal) and its history row in one transaction. */
  commit(row: HistoryRow, pruneTo: number | undefined): void {
    const key = [row.apiVersion, row.kind, row.namespace, row.name] as const;
    const s = this.#statements;
    try {
      s.begin.run();
      if (row.type === 'DELETED') s.drop.run(...key);
      else s.put.run(...key, row.body);
      s.log.run(row.revision, row.type, ...key, row.body);
      if (pruneTo !== undefined) s.prune.run(pruneTo);
      s.commit.run();
    } catch (error) {
      if (this.#db.isTransaction) s.rollback.run();
      throw this.#explain(error);
    }
  }

  since(revision: number): HistoryRow[] {
    return this.#rows(this.#statements.since.all(revision)).map(row => ({
      ...keyOf(row),
      revision: row.revision,
      type: row.type,
      body: row.body,
    }));
  }

  /** The object's state as it was before a revision, while the history reaches back that far. */
  bodyBefore(row: HistoryRow): string | undefined {
    const found = this.#statements.before.get(
      row.apiVersion,
      row.kind,
      row.namespace,
      row.name,
      row.revision,
    );
    return found === undefined ? undefined : String(found.body);
  }

  close(): void {
    this.#db.close();
  }

  #rows(rows: unknown): Sql[] {
    // The columns are those of SCHEMA above; node:sqlite types them no further than Record<string, SQLOutputValue>.
    return rows as Sql[];
  }

  #explain(error: unknown): unknown {
    if (!(error instanceof Error) || !('errcode' in error)) return error;
    const full = error.errcode === 13; // SQLITE_FULL
    return new ApiError(
      'InternalError',
      full
        ? `Nothing was written: the disk that holds ${
            this.#file
          } is full. Free some space and try again`
        : `Nothing was written: ${this.#file}: ${error.message}`,
    );
  }
}
