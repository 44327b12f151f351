import type { Knex } from 'knex';

/** An entity that this replica may evaluate until its lease ends. */
export interface Lease {
  entityRef: string;
  /** Grows with each lease of the entity. */
  epoch: string;
}

/**
 * Which replica evaluates which entity.
 *
 * @remarks
 * Entities are a queue by when they are due; a replica takes some for a while and gives each back with the time it is due
 * next. When it is killed, another one takes them after the lease ended. Times are those of the database, so that clocks
 * may differ.
 */
export class LeaseStore {
  readonly #knex: Knex;
  readonly #owner: string;
  readonly #leaseMs: number;

  constructor(knex: Knex, options: { owner: string; leaseMs: number }) {
    this.#knex = knex;
    this.#owner = options.owner;
    this.#leaseMs = options.leaseMs;
  }

  /** Makes entities known that nobody has seen yet; they are due at once. */
  async register(entityRefs: string[]): Promise<void> {
    await this.#knex.raw(
      `INSERT INTO alert_leases (entity_ref, due_at)
       SELECT unnest(?::text[]), now() ON CONFLICT DO NOTHING`,
      [entityRefs],
    );
  }

  /**
   * Those that are due and nobody evaluates, the longest due first. Until they are given back they are due when the lease
   * ends, so that what was hurried meanwhile can be told.
   */
  async claim(limit: number): Promise<Lease[]> {
    const { rows } = await this.#knex.raw<{
      rows: Array<{ entity_ref: string; epoch: string }>;
    }>(
      `UPDATE alert_leases SET
         owner = :owner, epoch = epoch + 1,
         until = now() + :leaseMs * interval '1 ms',
         due_at = now() + :leaseMs * interval '1 ms'
       WHERE entity_ref IN (
         SELECT entity_ref FROM alert_leases
         WHERE due_at <= now() AND (until IS NULL OR until < now())
         ORDER BY due_at FOR UPDATE SKIP LOCKED LIMIT :limit)
       RETURNING entity_ref, epoch`,
      { owner: this.#owner, leaseMs: this.#leaseMs, limit },
    );
    return rows.map(({ entity_ref: entityRef, epoch }) => ({
      entityRef,
      epoch,
    }));
  }

  /**
   * Gives the entity back, due again after `dueMs`, or at once when it was hurried since it was claimed. Within a transaction all of it is undone when this is false: somebody
   * else has taken the entity since.
   */
  async release(
    { entityRef, epoch }: Lease,
    dueMs: number,
    tx: Knex = this.#knex,
  ): Promise<boolean> {
    const count = await tx('alert_leases')
      .where({ entity_ref: entityRef, owner: this.#owner, epoch })
      .update({
        owner: null,
        until: null,
        due_at: tx.raw(
          `LEAST(now() + ? * interval '1 ms', CASE WHEN due_at < until THEN due_at END)`,
          [dueMs],
        ),
      });
    return count > 0;
  }

  /** The entity is no more. */
  async remove({ entityRef, epoch }: Lease, tx: Knex): Promise<boolean> {
    const count = await tx('alert_leases')
      .where({ entity_ref: entityRef, owner: this.#owner, epoch })
      .delete();
    return count > 0;
  }

  /** Evaluates these as soon as somebody has time. */
  async hurry(entityRefs: string[]): Promise<void> {
    await this.#knex('alert_leases')
      .whereIn('entity_ref', entityRefs)
      .update({ due_at: this.#knex.fn.now() });
  }
}
