import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { AlertStore } from './AlertStore';
import { openHealthDatabase } from './HealthDatabase';
import { ServiceFileStore } from './ServiceFileStore';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
jest.setTimeout(60_000);

const directory = resolvePackagePath(
  '@ghostlight/plugin-health-backend',
  'migrations',
);
const now = () => new Date('2026-11-21T12:10:00Z');
const id = '00000000-0000-4000-8000-000000000001';
const entityRef = 'component:default/orders';
const alert = {
  id,
  entity_ref: entityRef,
  environment: 'local',
  name: 'errors',
  kind: 'threshold',
  severity: 'critical',
  state: 'firing',
  metric: 'errors',
  side: 'above',
  unit: 'ratio',
  threshold: 0.05,
  worst: 0.2,
  latest: 0.1,
  started_at: '2026-11-21T12:02:00Z',
  wrong_since: '2026-11-21T12:00:00Z',
  last_seen_at: '2026-11-21T12:10:00Z',
};

it('go up on a database with data and leave it readable, and go down and up again', async () => {
  const knex = await databases.init('POSTGRES_18');
  const open = () =>
    openHealthDatabase(
      mockServices.database.mock({ getClient: async () => knex }),
    );

  // As the first release wrote it; what comes later has to live with such rows.
  await knex.migrate.up({ directory });
  await knex('alerts').insert(alert);
  await knex('service_files').insert({
    entity_ref: entityRef,
    source: 'forge:orders',
    content: Buffer.from('slos: []\n'),
    read_at: '2026-11-21T12:00:00Z',
  });

  await open();
  const store = new AlertStore(knex, { now });
  const written = await store.get(id);
  expect(written).toMatchObject({
    entityRef,
    state: 'firing',
    value: 0.2,
    summary: 'errors are 10 %, above 5 %',
  });
  expect(await new ServiceFileStore(knex).get(entityRef)).toMatchObject({
    source: 'forge:orders',
    content: Buffer.from('slos: []\n'),
  });
  await open();
  expect(await store.get(id)).toEqual(written);

  await knex.migrate.rollback({ directory }, true);
  expect(await knex.schema.hasTable('alerts')).toBe(false);
  await open();
  expect(await store.get(id)).toBeUndefined();
});

it('let one alert of a name be open in one environment, and forget those that ended long ago', async () => {
  const knex = await databases.init('POSTGRES_18');
  await openHealthDatabase(
    mockServices.database.mock({ getClient: async () => knex }),
  );
  const store = new AlertStore(knex, { now });
  const other = (n: number, changes: object) => ({
    ...alert,
    id: id.replace(/1$/, String(n)),
    ...changes,
  });
  await knex('alerts').insert(alert);
  await expect(knex('alerts').insert(other(2, {}))).rejects.toThrow(
    /alerts_one_open/,
  );
  const ended = { state: 'resolved', resolved_at: '2026-11-21T12:10:00Z' };
  await knex('alerts').insert([
    other(3, { environment: 'staging' }),
    other(4, { ...ended, resolved_at: '2020-01-01T00:00:00Z' }),
    other(5, { ...ended, resolved_at: new Date() }),
  ]);
  expect(await store.removeResolved(86_400_000)).toBe(1);
  expect(await store.get(id.replace(/1$/, '4'))).toBeUndefined();
  expect(await store.get(id.replace(/1$/, '5'))).toBeDefined();
});
