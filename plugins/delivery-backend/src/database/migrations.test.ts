import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { DeploymentStore } from './DeploymentStore';
import { LogStore } from './LogStore';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
jest.setTimeout(60_000);

const directory = resolvePackagePath(
  '@ghostlight/plugin-delivery-backend',
  'migrations',
);

it('go up on a database with data and leave it readable, and go down and up again', async () => {
  const knex = await databases.init('POSTGRES_18');
  const open = () =>
    DeploymentStore.create(
      mockServices.database.mock({ getClient: async () => knex }),
    );

  // As the first release wrote it; what comes later has to live with such rows.
  await knex.migrate.up({ directory });
  const id = '00000000-0000-4000-8000-000000000001';
  await knex('deployments').insert({
    id,
    entity_ref: 'component:default/orders',
    repository: 'orders',
    environment: 'local',
    sha: '1'.repeat(40),
    key: 'task:1',
    state: 'failed',
    reason: '1 of 2 pods is not ready',
    requested_by: 'user:default/maya',
    origin: 'template',
    requested_at: '2026-11-01T10:00:00Z',
    finished_at: '2026-11-01T10:01:00Z',
  });
  const line = { deployment_id: id, at: '2026-11-01T10:00:01Z', line: 'built' };
  await knex('deployment_log').insert(line);

  const store = await open();
  const written = await store.get(id);
  expect(written).toMatchObject({
    entityRef: 'component:default/orders',
    state: 'failed',
    reason: '1 of 2 pods is not ready',
    startedAt: '2026-11-01T10:00:00.000Z',
  });
  expect(await new LogStore(knex).read(id, 0, 10)).toMatchObject([
    { line: 'built' },
  ]);
  expect(await (await open()).get(id)).toEqual(written);

  await knex.migrate.rollback({ directory }, true);
  expect(await knex.schema.hasTable('deployments')).toBe(false);
  expect(await (await open()).get(id)).toBeUndefined();
});
