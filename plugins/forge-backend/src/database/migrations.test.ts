import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { openDatabase } from './openDatabase';
import { findRepository } from './repositories';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
jest.setTimeout(60_000);

const directory = resolvePackagePath(
  '@ghostlight/plugin-forge-backend',
  'migrations',
);

it('go up on a database with data and leave it readable, and go down and up again', async () => {
  const knex = await databases.init('POSTGRES_18');
  const open = () =>
    openDatabase(mockServices.database.mock({ getClient: async () => knex }));

  // As the first release wrote it; what comes later has to live with such rows.
  await knex.migrate.up({ directory });
  const id = '00000000-0000-4000-8000-000000000001';
  const at = '2026-11-01T10:00:00Z';
  await knex('repositories').insert({
    id,
    name: 'orders',
    owner: 'group:default/team-checkout',
    default_branch: 'main',
    location: 'orders.git',
    created_at: at,
    created_by: 'user:default/maya',
    updated_at: at,
  });
  await knex('heads').insert({
    repository_id: id,
    branch: 'main',
    sha: '1'.repeat(40),
  });
  await knex('git_tokens').insert({
    id,
    hash: 'a'.repeat(64),
    user_ref: 'user:default/maya',
    description: 'laptop',
    created_at: at,
    expires_at: '2026-12-01T10:00:00Z',
  });
  await knex('change_requests').insert({
    repository_id: id,
    number: 1,
    title: 'Bound the cache',
    source: 'fix',
    target: 'main',
    state: 'open',
    author: 'user:default/maya',
    created_at: at,
    updated_at: at,
  });
  await knex('outbox').insert({ topic: 'told', payload: '{}' });

  const tables = [
    'repositories',
    'heads',
    'git_tokens',
    'change_requests',
    'outbox',
  ];
  for (const starts of [1, 2]) {
    await open();
    expect({ starts, ...(await findRepository(knex, { id })) }).toMatchObject({
      starts,
      name: 'orders',
      owner: 'group:default/team-checkout',
      createdAt: new Date(at),
    });
    for (const table of tables) {
      expect(await knex(table).select('*')).toHaveLength(1);
    }
  }

  await knex.migrate.rollback({ directory }, true);
  for (const table of tables) {
    expect(await knex.schema.hasTable(table)).toBe(false);
  }
  await open();
  expect(await findRepository(knex, { id })).toBeUndefined();
});
