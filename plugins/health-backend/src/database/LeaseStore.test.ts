import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { testDatabase } from '../__testUtils__/testDatabase';
import { openHealthDatabase } from './HealthDatabase';
import { LeaseStore } from './LeaseStore';

jest.setTimeout(60_000);

const ORDERS = 'component:default/orders';

let knex: Knex;
let leases: LeaseStore;

beforeEach(async () => {
  ({ knex } = await testDatabase());
  await openHealthDatabase(
    mockServices.database.mock({ getClient: async () => knex }),
  );
  await testDatabase();
  leases = new LeaseStore(knex, { owner: 'one', leaseMs: 60_000 });
  await leases.register([ORDERS]);
});

it('is due after its time when it is given back', async () => {
  const [lease] = await leases.claim(8);
  expect(await leases.claim(8)).toEqual([]);
  expect(await leases.release(lease, 15_000)).toBe(true);
  expect(await leases.claim(8)).toEqual([]);
  const { rows } = await knex.raw(
    `SELECT due_at BETWEEN now() AND now() + interval '15 s' AS soon FROM alert_leases`,
  );
  expect(rows).toEqual([{ soon: true }]);
});

it('is due at once when it was hurried while somebody evaluated it', async () => {
  const [lease] = await leases.claim(8);
  await leases.hurry([ORDERS]);
  // Somebody has it still.
  expect(await leases.claim(8)).toEqual([]);
  await leases.release(lease, 15_000);
  const [again] = await leases.claim(8);
  expect(again).toMatchObject({ entityRef: ORDERS });
  await leases.release(again, 15_000);
  expect(await leases.claim(8)).toEqual([]);
});

it('is taken by another one when the lease has ended', async () => {
  const [dead] = await new LeaseStore(knex, {
    owner: 'dead',
    leaseMs: -1,
  }).claim(8);
  const [lease] = await leases.claim(8);
  expect(lease.entityRef).toBe(ORDERS);
  expect(await leases.release(dead, 0)).toBe(false);
  expect(await leases.release(lease, 0)).toBe(true);
});
