import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';

export interface OutboxRow {
  id: string;
  topic: string;
  payload: JsonObject;
}

const table = (knex: Knex) => knex<OutboxRow>('outbox');

export async function addToOutbox(
  knex: Knex,
  topic: string,
  payload: object,
): Promise<void> {
  await knex('outbox').insert({ topic, payload: JSON.stringify(payload) });
}

/**
 * Hands each waiting event to `publish`, oldest first, and forgets it after. One replica at a time does so, which keeps
 * the order; an event whose `publish` throws stays with all that follow it.
 */
export async function drainOutbox(
  knex: Knex,
  publish: (row: OutboxRow) => Promise<void>,
): Promise<void> {
  await knex.transaction(async tx => {
    await tx.raw(
      `select pg_advisory_xact_lock(hashtext('ghostlight.forge.outbox'))`,
    );
    for (;;) {
      const row = await table(tx).orderBy('id').first();
      if (!row) return;
      await publish(row);
      await table(tx).where({ id: row.id }).delete();
    }
  });
}
