import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const TABLES = ['alerts', 'alert_conditions', 'alert_leases', 'service_files'];

let shared: Promise<Knex> | undefined;

/** A database on a real server without rows, one for each test file, and a backend's service that gives it. */
export async function testDatabase() {
  shared ??= databases.init('POSTGRES_18');
  const knex = await shared;
  for (const table of TABLES) {
    if (await knex.schema.hasTable(table)) {
      await knex(table).delete();
    }
  }
  return { knex, feature: mockServices.database.factory({ knex }) };
}
