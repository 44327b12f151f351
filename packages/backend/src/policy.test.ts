import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
  type TestBackend,
} from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import authModuleDevelopment from '@ghostlight/plugin-auth-backend-module-development';
import permissionPlugin from '@backstage/plugin-permission-backend';
import permissionModuleGhostlight from '@ghostlight/plugin-permission-backend-module-ghostlight';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import forgePlugin from '@ghostlight/plugin-forge-backend';
import { deliveryPermissions } from '@ghostlight/plugin-delivery-common';
import request from 'supertest';

/** What the portal is called in this test; where it really is comes from the test backend. */
const host = 'portal.test';

const storefront = 'system/default/storefront';

const organisation = resolve(__dirname, '../../../examples/organisation');

const file = (name: string, allow: string[]) => ({
  type: 'file',
  target: join(organisation, name),
  rules: [{ allow }],
});

jest.setTimeout(120_000);

/**
 * The policy as people meet it: they sign in as one of the example
 * organisation, and ask the real catalog, forge and permission backend.
 */
describe('what each of the example people may do', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const tokens = new Map<string, string>();
  let backend: TestBackend;
  let data: string;

  beforeAll(async () => {
    const knex = await databases.init('POSTGRES_18');
    // Knex hides the password from spreading.
    const { user, password, database, ...pg } = knex.client.config.connection;
    data = await mkdtemp(join(tmpdir(), 'ghostlight-policy-'));
    backend = await startTestBackend({
      features: [
        authPlugin,
        authModuleDevelopment,
        permissionPlugin,
        permissionModuleGhostlight,
        catalogPlugin,
        forgePlugin,
        authServiceFactory,
        databaseServiceFactory,
        httpAuthServiceFactory,
        permissionsServiceFactory,
        userInfoServiceFactory,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: `http://${host}` },
            backend: {
              baseUrl: `http://${host}`,
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
            auth: {
              environment: 'development',
              providers: { development: {} },
            },
            permission: { enabled: true },
            events: { useEventBus: 'never' },
            catalog: {
              processingInterval: '1s',
              locations: [
                file('teams.yaml', ['Group']),
                file('people.yaml', ['User']),
                file('systems.yaml', ['System', 'Domain']),
              ],
            },
            ghostlight: {
              operators: ['group:default/platform'],
              forge: { local: { path: data } },
            },
          },
        }),
      ],
    });
    for (const person of ['maya', 'elias', 'sam']) {
      tokens.set(person, await signIn(person));
    }
    await until(() => isStitched(storefront));
  });

  afterAll(async () => {
    await backend?.stop();
    await rm(data, { recursive: true, force: true });
  });

  async function until(check: () => Promise<unknown>) {
    while (!(await check())) {
      await delay(50);
    }
  }

  async function signIn(person: string): Promise<string> {
    await until(async () => {
      const { body } = await request(backend.server)
        .get('/api/auth/development/people')
        .set('Host', host);
      return body.people.some(
        (known: { ref: string }) => known.ref === `user:default/${person}`,
      );
    });
    const { body } = await request(backend.server)
      .get('/api/auth/development/refresh')
      .set('Host', host)
      .set('X-Ghostlight-Person', `user:default/${person}`);
    return body.backstageIdentity.token;
  }

  function as(person: string | undefined) {
    const call =
      (method: 'get' | 'post' | 'delete') => (path: string, body?: object) => {
        const pending = request(backend.server)[method](path);
        const token = person && tokens.get(person);
        if (token) pending.set('Authorization', `Bearer ${token}`);
        return body ? pending.send(body) : pending;
      };
    return { get: call('get'), post: call('post'), delete: call('delete') };
  }

  /** What the portal tells the browser of this person when it asks. */
  async function decisions(person: string, resourceRef: string) {
    const { body } = await as(person).post('/api/permission/authorize', {
      items: deliveryPermissions.map(permission => ({
        id: permission.name,
        permission,
        resourceRef,
      })),
    });
    return Object.fromEntries(
      body.items.map((item: { id: string; result: string }) => [
        item.id,
        item.result,
      ]),
    );
  }

  const entity = (path: string) => `/api/catalog/entities/by-name/${path}`;

  async function isStitched(path: string): Promise<boolean> {
    const { body } = await as('sam').get(entity(path));
    return (body.relations ?? []).some(
      (relation: { type: string }) => relation.type === 'ownedBy',
    );
  }

  it('lets everybody who is signed in read what is not theirs, and nobody else', async () => {
    expect((await as('elias').get(entity(storefront))).status).toBe(200);
    expect((await as(undefined).get(entity(storefront))).status).toBe(401);
    expect((await as(undefined).get('/api/forge/repositories')).status).toBe(
      401,
    );
  });

  it('lets owners deploy below production, others nowhere, operators everywhere', async () => {
    const ref = 'system:default/storefront';
    expect(await decisions('maya', ref)).toEqual({
      'delivery.deploy': 'ALLOW',
      'delivery.deploy.production': 'DENY',
    });
    expect(await decisions('elias', ref)).toEqual({
      'delivery.deploy': 'DENY',
      'delivery.deploy.production': 'DENY',
    });
    expect(await decisions('sam', ref)).toEqual({
      'delivery.deploy': 'ALLOW',
      'delivery.deploy.production': 'ALLOW',
    });
  });

  it('lets an entity be refreshed and removed by its owner and operators only', async () => {
    const refresh = (person: string | undefined) =>
      as(person).post('/api/catalog/refresh', {
        entityRef: 'system:default/storefront',
      });
    expect((await refresh(undefined)).status).toBe(401);
    expect((await refresh('elias')).status).toBe(403);
    expect((await refresh('maya')).status).toBe(200);
    expect((await refresh('sam')).status).toBe(200);

    const { body } = await as('elias').get(entity(storefront));
    const path = `/api/catalog/entities/by-uid/${body.metadata.uid}`;
    expect((await as('elias').delete(path)).status).toBe(403);
    expect((await as('maya').delete(path)).status).toBe(204);
  });

  it('lets a repository be written by its owner and operators only', async () => {
    const create = (person: string, name: string) =>
      as(person).post('/api/forge/repositories', {
        name,
        owner: 'group:default/team-checkout',
        files: [{ path: 'README.md', content: 'Orders' }],
      });
    const commit = (person: string | undefined) =>
      as(person).post('/api/forge/repositories/orders/commits', {
        message: 'Say more',
        files: [{ path: 'README.md', content: `Orders of ${person}` }],
      });
    expect((await create('elias', 'for-a-stranger')).status).toBe(403);
    expect((await create('maya', 'orders')).status).toBe(201);
    expect((await commit(undefined)).status).toBe(401);
    expect((await commit('elias')).status).toBe(403);
    expect((await commit('maya')).status).toBe(201);
    expect((await commit('sam')).status).toBe(201);
  });

  it('leaves locations to operators', async () => {
    const register = (person: string) =>
      as(person).post('/api/catalog/locations?dryRun=true', {
        type: 'url',
        target: 'https://example.com/catalog-info.yaml',
      });
    expect((await register('maya')).status).toBe(403);
    expect((await register('sam')).status).not.toBe(403);
  });

  it('gives nobody a session as somebody who does not exist', async () => {
    const response = await request(backend.server)
      .get('/api/auth/development/refresh')
      .set('Host', host)
      .set('X-Ghostlight-Person', 'user:default/mallory');
    expect(response.status).toBe(404);
  });
});
