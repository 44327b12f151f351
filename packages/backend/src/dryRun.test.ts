import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
  type TestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import scaffolderEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import scaffolderModuleGhostlight from '@ghostlight/plugin-scaffolder-backend-module-ghostlight';
import request from 'supertest';

const root = resolve(__dirname, '../../../templates/node-service');

jest.setTimeout(120_000);

/** What the template editor sends along: the template's folder, so that what is edited is what runs. */
async function filesOfTemplate() {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .filter(path => !path.includes('node_modules'))
      .map(async path => ({
        path: relative(root, path),
        base64Content: await readFile(path, 'base64'),
      })),
  );
}

describe('the template editor', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  let backend: TestBackend;
  let work: string;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'ghostlight-dry-run-'));
    const knex = await databases.init('POSTGRES_18');
    // Knex hides the password from spreading.
    const { user, password, database, ...pg } = knex.client.config.connection;
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        scaffolderEntityModel,
        scaffolderPlugin,
        scaffolderModuleGhostlight,
        databaseServiceFactory,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal.test' },
            backend: {
              workingDirectory: work,
              database: {
                client: 'pg',
                pluginDivisionMode: 'schema',
                ensureSchemaExists: true,
                connection: {
                  host: pg.host,
                  port: pg.port,
                  user,
                  password,
                  database,
                },
              },
            },
            events: { useEventBus: 'never' },
            catalog: {
              processingInterval: '1s',
              locations: [
                {
                  type: 'file',
                  target: join(root, 'template.yaml'),
                  rules: [{ allow: ['Template'] }],
                },
              ],
            },
          },
        }),
      ],
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await rm(work, { recursive: true, force: true });
  });

  async function template() {
    for (;;) {
      const { status, body } = await request(backend.server).get(
        '/api/catalog/entities/by-name/template/default/node-service',
      );
      if (status === 200) {
        return body;
      }
      await delay(50);
    }
  }

  it('runs the template dry: every step says what it would do, and nothing is made', async () => {
    const description = 'it is "so": $(reboot)\n---\nkind: User';
    const { status, body } = await request(backend.server)
      .post('/api/scaffolder/v2/dry-run')
      .send({
        template: await template(),
        values: {
          name: 'orders',
          owner: 'group:default/team-checkout',
          description,
        },
        secrets: {},
        directoryContents: await filesOfTemplate(),
      });
    expect(status).toBe(200);

    const log = body.log
      .map((line: { body: { message: string } }) => line.body.message)
      .join('\n');
    expect(log).toMatch(/Would create repository orders, .* with \d+ files/);
    expect(log).toContain('Would wait until the catalog serves orders');
    expect(log).toContain('Would deploy orders to local');

    const manifest = body.directoryContents.find(
      (file: { path: string }) => file.path === 'package.json',
    );
    const rendered = JSON.parse(
      Buffer.from(manifest.base64Content, 'base64').toString('utf8'),
    );
    expect(rendered).toMatchObject({ name: 'orders', description });
    expect(await readdir(work)).toEqual([]);
  });
});
