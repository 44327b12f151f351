import { NotFoundError } from '@backstage/errors';
import type { Alert } from '@ghostlight/plugin-health-common';
import type { Knex } from 'knex';
import { toAlert, type AlertRow } from './alertRows';

const NOTIFY_AT_ONCE = 20;
/** An end that could not be told for so long is no news any more. */
const NEWS_MS = 3_600_000;

/** What came of acknowledging: `taken` when another person was first, who is named in the alert. */
export type Acknowledged = {
  alert: Alert;
  outcome: 'changed' | 'same' | 'taken' | 'ended';
};

export interface AlertFilter {
  entityRefs: string[];
  environment?: string;
  state?: Alert['state'];
}

/** Alerts as people see them. */
export class AlertStore {
  readonly #knex: Knex;
  readonly #now: () => Date;

  constructor(knex: Knex, options: { now: () => Date }) {
    this.#knex = knex;
    this.#now = options.now;
  }

  /** Entities that have alerts at all: few of those there are. */
  async entityRefs(filter: Omit<AlertFilter, 'entityRefs'>): Promise<string[]> {
    const rows = await this.#where(filter).distinct('entity_ref');
    return rows.map(({ entity_ref }) => entity_ref);
  }

  /** A page of them: what fires first, then the newest. */
  async list(
    filter: AlertFilter,
    { page, pageSize }: { page: number; pageSize: number },
  ): Promise<{ items: Alert[]; total: number }> {
    const matching = () =>
      this.#where(filter).whereRaw('entity_ref = ANY(?)', [filter.entityRefs]);
    const [rows, [{ count }]] = await Promise.all([
      matching()
        .select('*')
        .orderByRaw(`state = 'firing' DESC, started_at DESC, id`)
        .limit(pageSize)
        .offset((page - 1) * pageSize),
      matching().count({ count: '*' }),
    ]);
    const now = this.#now();
    return {
      items: rows.map(row => toAlert(row, now)),
      total: Number(count),
    };
  }

  /** What fires of these entities, critical ones first. */
  async firing(
    entityRefs: string[],
  ): Promise<Array<Pick<Alert, 'entityRef' | 'environment' | 'name'>>> {
    const rows = await this.#where({ state: 'firing' })
      .whereRaw('entity_ref = ANY(?)', [entityRefs])
      .select('entity_ref', 'environment', 'name')
      .orderByRaw(`severity = 'critical' DESC, started_at, id`);
    return rows.map(({ entity_ref, environment, name }) => ({
      entityRef: entity_ref,
      environment,
      name,
    }));
  }

  async get(id: string): Promise<Alert | undefined> {
    const row = await this.#knex<AlertRow>('alerts').where({ id }).first();
    return row && toAlert(row, this.#now());
  }

  /**
   * Writes who looks at it. The same person may say so again, and change the note.
   *
   * @throws `NotFoundError`
   */
  async acknowledge(
    id: string,
    { by, note }: { by: string; note: string | undefined },
  ): Promise<Acknowledged> {
    return this.#knex.transaction(async tx => {
      const row = await tx<AlertRow>('alerts')
        .where({ id })
        .forUpdate()
        .first();
      if (!row) {
        throw new NotFoundError(`There is no alert ${id}`);
      }
      const alert = toAlert(row, this.#now());
      if (row.state === 'resolved') {
        return { alert, outcome: 'ended' };
      }
      if (row.acknowledged_by !== null && row.acknowledged_by !== by) {
        return { alert, outcome: 'taken' };
      }
      const isSame =
        row.acknowledged_by === by && (note === undefined || note === row.note);
      if (isSame) {
        return { alert, outcome: 'same' };
      }
      const [updated] = await tx<AlertRow>('alerts')
        .where({ id })
        .update({
          acknowledged_by: by,
          acknowledged_at: row.acknowledged_at ?? this.#now(),
          note: note ?? null,
          version: tx.raw('version + 1'),
        })
        .returning('*');
      return { alert: toAlert(updated, this.#now()), outcome: 'changed' };
    });
  }

  /** Alerts whose owners are still to be told that they began, or that they ended; nobody else takes them within `retryMs`. */
  async takeToNotify(retryMs: number): Promise<Alert[]> {
    const now = this.#now();
    const { rows } = await this.#knex.raw<{ rows: AlertRow[] }>(
      `UPDATE alerts SET notify_at = now() + ? * interval '1 ms'
       WHERE id IN (
         SELECT id FROM alerts WHERE notify_at <= now()
           AND (state = 'firing' OR resolved_at > ?)
         ORDER BY notify_at FOR UPDATE SKIP LOCKED LIMIT ?)
       RETURNING *`,
      [retryMs, new Date(now.getTime() - NEWS_MS), NOTIFY_AT_ONCE],
    );
    return rows.map(row => toAlert(row, now));
  }

  /** Its owners were told of this state; if it is another by now, they are to be told again. */
  async notified({ id, state }: Pick<Alert, 'id' | 'state'>): Promise<void> {
    await this.#knex('alerts')
      .where({ id })
      .update({
        notified_at: this.#knex.fn.now(),
        notify_at: this.#knex.raw('CASE WHEN state <> ? THEN now() END', [
          state,
        ]),
      });
  }

  /** Forgets alerts that ended before so long. */
  async removeResolved(keepMs: number): Promise<number> {
    return this.#knex('alerts')
      .where('state', 'resolved')
      .andWhereRaw(`resolved_at < now() - ? * interval '1 ms'`, [keepMs])
      .delete();
  }

  #where({ environment, state }: Omit<AlertFilter, 'entityRefs'>) {
    return this.#knex<AlertRow>('alerts').where({
      ...(environment !== undefined && { environment }),
      ...(state !== undefined && { state }),
    });
  }
}
