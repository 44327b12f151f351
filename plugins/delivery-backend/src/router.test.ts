import { createServer } from 'node:http';
import { wrapServer } from '@backstage/backend-openapi-utils/testUtils';
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { createDelivery, MAYA } from './__testUtils__/createDelivery';
import { serviceTree, SHA_1 } from './__testUtils__/FakeForge';
import { createRouter } from './router';

jest.setTimeout(60_000);

describe('HTTP of Delivery', () => {
  let d: Awaited<ReturnType<typeof createDelivery>>;
  // Before the databases are made, for their own hook closes them in the order of declaration.
  afterAll(() => d.stop());
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const maya = mockCredentials.user.header(MAYA);
  let app: express.Express;
  /** Of a proxy that checks each request and answer against the OpenAPI file. */
  let checked: string;

  beforeAll(async () => {
    d = await createDelivery(databases);
    d.forge.add('orders', SHA_1, serviceTree('orders'));
    app = express();
    app.use(
      createRouter({
        delivery: d.delivery,
        imports: d.imports,
        removal: d.removal,
        httpAuth: mockServices.httpAuth({
          defaultCredentials: mockCredentials.none(),
        }),
      }),
    );
    app.use(mockErrorHandler());
    // The proxy asks "localhost" by IPv6 if the port is open there, which not every machine resolves.
    const listen = (port: number) =>
      createServer(app).listen(port, '127.0.0.1');
    const proxy = await wrapServer(Object.assign(app, { listen }));
    checked = String(proxy.address()).replace(/\/$/, '');
  });

  const deploy = (to: string | express.Express, body: object) =>
    request(to).post('/deployments').set('authorization', maya).send(body);

  it('queues, follows, lists and removes', async () => {
    const body = { repository: 'orders', environment: 'local', key: 'task:1' };
    const queued = await deploy(checked, body);
    expect(queued.status).toBe(202);
    expect(queued.body).toMatchObject({ state: 'queued', key: 'task:1' });
    expect((await deploy(checked, body)).body.id).toBe(queued.body.id);

    const get = (path: string) =>
      request(checked).get(path).set('authorization', maya);
    const before = await get(`/deployments/${queued.body.id}/log`);
    expect(before.body).toEqual({ lines: [], next: 0, complete: false });

    d.startWorker();
    await d.until(queued.body.id, each => each.state === 'succeeded');
    const first = await get(`/deployments/${queued.body.id}/log?limit=2`);
    expect(first.body.lines).toHaveLength(2);
    expect(first.body.complete).toBe(false);
    const rest = await get(
      `/deployments/${queued.body.id}/log?after=${first.body.next}`,
    );
    expect(rest.body.complete).toBe(true);
    expect(rest.body.lines.at(-1).line).toBe(
      'orders@111111111111 runs in local',
    );

    const list = await get(
      '/deployments?entityRef=component:default/orders&environment=local',
    );
    expect(list.body).toMatchObject({
      items: [{ id: queued.body.id, state: 'succeeded' }],
      page: 1,
      totalPages: 1,
    });
    expect((await get('/environments')).body.items).toHaveLength(2);

    const remove = (query: string) =>
      request(checked)
        .delete(`/workloads?entityRef=component:default/orders${query}`)
        .set('authorization', maya);
    const preview = await remove('&dryRun=true');
    expect(preview.body).toMatchObject({ dryRun: true });
    expect(d.cluster.objects.size).toBe(2);
    expect((await remove('&dryRun=false&environment=local')).status).toBe(200);
    expect(d.cluster.objects.size).toBe(0);
  });

  it('proposes an import, as its specification says', async () => {
    const propose = (body: object) =>
      request(checked)
        .post('/import/proposals')
        .set('authorization', maya)
        .send(body);
    const owner = 'group:default/team-checkout';
    const found = await propose({ repository: 'orders', owner });
    expect(found.status).toBe(200);
    expect(found.body.existing).toBe('component:default/orders');
    const missing = await request(app)
      .post('/import/proposals')
      .set('authorization', maya)
      .send({ repository: 'nothing-here', owner });
    expect(missing.status).toBe(404);
    const guest = await request(app).post('/import/proposals').send({ owner });
    expect(guest.status).toBe(401);
  });

  it.each([
    ['a repository name with a path in it', { repository: '../orders' }],
    ['a sha that is a command', { sha: '$(reboot)' }],
    ['an unknown field', { command: 'reboot' }],
    ['an entity of another kind', { entityRef: 'user:default/maya' }],
    ['no environment', { environment: undefined }],
  ])('refuses %s', async (_, over) => {
    const { status } = await deploy(app, {
      repository: 'orders',
      environment: 'local',
      ...over,
    });
    expect(status).toBe(400);
  });

  it('answers a body over the limit with 413 and one that is no JSON with 400, and goes on', async () => {
    const send = (body: string) =>
      request(app)
        .post('/deployments')
        .set('authorization', maya)
        .type('json')
        .send(body);
    expect(
      (await send(JSON.stringify({ key: 'x'.repeat(700_000) }))).status,
    ).toBe(413);
    expect((await send('{"repository": ')).status).toBe(400);
    const list = request(app).get('/deployments').set('authorization', maya);
    expect((await list).status).toBe(200);
  });

  it('asks who is there', async () => {
    expect((await request(app).get('/deployments')).status).toBe(401);
    expect((await request(app).get('/environments')).status).toBe(401);
    const { status } = await request(app)
      .post('/deployments')
      .send({ repository: 'orders', environment: 'local' });
    expect(status).toBe(401);
  });

  it('answers 404 for a deployment that is not there and 400 for no id', async () => {
    const get = (id: string) =>
      request(app).get(`/deployments/${id}`).set('authorization', maya);
    expect((await get('00000000-0000-4000-8000-000000000000')).status).toBe(
      404,
    );
    expect((await get('1%20OR%201=1')).status).toBe(400);
  });
});
