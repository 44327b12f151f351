import { createServer } from 'node:http';
import { wrapServer } from '@backstage/backend-openapi-utils/testUtils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import type { ClustersService } from '@ghostlight/plugin-clusters-node';
import express from 'express';
import request from 'supertest';
import { component } from '../__testUtils__/entities';
import { FakeClusters } from '../__testUtils__/FakeClusters';
import { FakeMetrics } from '../__testUtils__/FakeMetrics';
import { testDatabase } from '../__testUtils__/testDatabase';
import { environmentOf, NOW, workloadOf } from '../__testUtils__/views';
import { registerObjectivesActions } from '../alerts/actions';
import { AlertStore } from '../database/AlertStore';
import { openHealthDatabase } from '../database/HealthDatabase';
import { assembleAlerts } from '../alerts/assembleAlerts';
import { DEFAULT_LIMITS } from '../logs/LogTail';
import { StreamLimits } from '../logs/StreamLimits';
import { createRouter } from '../router';
import { alertsRoutes } from '../routers/alertsRoutes';
import { objectivesRoutes } from '../routers/objectivesRoutes';
import { Access } from '../service/Access';
import { CommitSource } from '../service/CommitSource';
import { HealthService } from '../service/HealthService';
import { LogService } from '../service/LogService';
import { NameSource } from '../service/NameSource';
import { TrafficSource } from '../service/TrafficSource';
import { UsageSource } from '../service/UsageSource';

jest.setTimeout(60_000);

const ORDERS = 'component:default/orders';
const FILE = `slos:
  - { name: availability, kind: availability, objective: 99 %, window: 30d }
  - { name: fast, kind: latency, objective: 95 %, threshold: 300ms, window: 7d, description: Nobody waits }
  - { name: wrong, kind: latency, objective: 95, window: 30 days }
alerts:
  - { name: errors, metric: errors, above: 5 %, severity: critical }
  - { name: memory, metric: memory, above: 90 % }
`;

/** All of it on a real database; `now` stands still unless a test moves it. */
async function assemble(
  result: AuthorizeResult.ALLOW | AuthorizeResult.DENY = AuthorizeResult.ALLOW,
) {
  const { knex } = await testDatabase();
  const fake = new FakeClusters();
  fake.found.set('orders', [
    environmentOf('local', [workloadOf()]),
    environmentOf('blind', [workloadOf()]),
    environmentOf('empty', []),
  ]);
  const clusters = fake as Partial<ClustersService> as ClustersService;
  const catalog = catalogServiceMock({
    entities: [
      component('orders', {
        'backstage.io/kubernetes-id': 'orders',
        'backstage.io/managed-by-location':
          'url:https://git.example.com/orders/catalog-info.yaml',
      }),
    ],
  });
  const metrics = new FakeMetrics();
  metrics.errorRatio = 0.2;
  const now = () => NOW;
  const auth = mockServices.auth();
  const logger = mockServices.logger.mock();
  const permissions = mockServices.permissions({ result });
  const access = new Access({ permissions, catalog });
  const names = new NameSource(catalog);
  const forge = {
    getCommit: async () => {
      throw new Error('no forge');
    },
    getRepository: async () => undefined,
    getFile: async () => {
      throw new Error('no forge');
    },
  };
  const commits = new CommitSource({ forge, auth, now });
  const health = new HealthService({
    access,
    clusters,
    usage: new UsageSource(clusters, now),
    traffic: new TrafficSource(metrics, now),
    alerts: { of: async () => new Map() },
    commits,
    names,
    now,
  });
  await openHealthDatabase(
    mockServices.database.mock({ getClient: async () => knex }),
  );
  const parts = await assembleAlerts({
    access,
    alerts: new AlertStore(knex, { now }),
    auditor: mockServices.auditor.mock({
      createEvent: async () => ({
        success: async () => {},
        fail: async () => {},
      }),
    }),
    auth,
    catalog,
    clusters,
    commits,
    config: mockServices.rootConfig(),
    knex,
    forge,
    health,
    logger,
    metrics,
    names,
    notifications: { send: async () => {} },
    permissions,
    signals: { publish: async () => {} },
    urlReader: mockServices.urlReader.mock({
      readUrl: async () => ({ buffer: async () => Buffer.from(FILE) }),
    }),
    now,
  });
  const app = express()
    .use(
      createRouter({
        health,
        logs: new LogService({ health, clusters, limits: DEFAULT_LIMITS, now }),
        streams: new StreamLimits(6),
        httpAuth: mockServices.httpAuth(),
        logger,
        now,
        stopping: new AbortController().signal,
        routes: [objectivesRoutes(parts), alertsRoutes(parts)],
      }),
    )
    .use(mockErrorHandler());
  return { app, metrics, parts };
}

it('answers as its document says', async () => {
  const { app, metrics, parts } = await assemble();
  // The proxy asks "localhost" by IPv6 if the port is open there, which not every machine resolves.
  const listen = (port: number) => createServer(app).listen(port, '127.0.0.1');
  const proxy = await wrapServer(Object.assign(app, { listen }));
  const checked = String(proxy.address()).replace(/\/$/, '');
  const authorization = mockCredentials.user.header();
  const get = async (path: string) =>
    (await request(checked).get(path).set('authorization', authorization)).body;
  const post = async (path: string, body: object) =>
    (
      await request(checked)
        .post(path)
        .set('authorization', authorization)
        .send(body)
    ).body;
  const path = (what: string, environment: string) =>
    `/entities/component/default/orders/${what}?environment=${environment}`;

  const found = await get(path('objectives', 'local'));
  expect(found.objectives).toMatchObject([
    {
      slo: { name: 'availability' },
      status: 'breached',
      burnRates: [{ firing: true }, {}, {}],
    },
    { slo: { name: 'fast', description: 'Nobody waits' } },
  ]);
  expect(found.objectives[0].history.length).toBeGreaterThan(5);
  expect(found.serviceFile).toMatchObject({
    state: 'invalid',
    excerpt: expect.any(Array),
  });
  // Six windows for each of two objectives, of different lengths, and what their history takes.
  expect(metrics.asked).toBeLessThan(2 * (6 + 26));
  const before = metrics.asked;
  await get(path('objectives', 'local'));
  expect(metrics.asked).toBe(before);

  expect((await get(path('objectives', 'blind'))).problem.code).toBe(
    'not-configured',
  );
  expect((await get(path('objectives', 'empty'))).problem.code).toBe(
    'no-workloads',
  );
  expect((await get(path('comparison', 'blind'))).problem.code).toBe(
    'not-configured',
  );
  expect((await get(path('comparison', 'local'))).workloads).toHaveLength(1);
  expect((await get('/schema/ghostlight.json')).title).toBe('ghostlight.yaml');

  expect((await post('/alerts/query', {})).items).toEqual([]);
  await parts.evaluator.evaluateDue();
  const { items } = await post('/alerts/query', { state: 'firing' });
  expect(items.map(({ name }: { name: string }) => name).sort()).toEqual([
    'availability',
    'errors',
    'fast',
    'memory',
  ]);
  const acknowledged = await post(`/alerts/${items[0].id}/acknowledge`, {
    note: 'on it',
  });
  expect(acknowledged.acknowledged.note).toBe('on it');

  metrics.failure = new Error('local did not answer');
  expect((await get(path('comparison', 'local'))).workloads).toHaveLength(1);
});

const orders = { entityRef: ORDERS, environment: 'local' };

it('lets assistants read objectives, alerts and comparisons, and acknowledge', async () => {
  const { parts } = await assemble();
  const actions = actionsRegistryServiceMock();
  registerObjectivesActions(actions, parts);
  const invoke = (name: string, input: JsonObject) =>
    actions.invoke({
      id: `test:${name}`,
      input,
      credentials: mockCredentials.user(),
    });
  expect(await invoke('get-objectives', orders)).toMatchObject({
    output: { objectives: [{ status: 'breached' }, {}] },
  });
  expect(await invoke('compare-deploy', orders)).toMatchObject({
    output: { workloads: [{ verdict: 'undecided' }] },
  });
  await parts.evaluator.evaluateDue();
  const { items } = await parts.alerts.list({}, mockCredentials.user());
  expect(await invoke('list-alerts', { state: 'firing' })).toMatchObject({
    output: { total: 4, items: expect.any(Array) },
  });
  expect(
    await invoke('acknowledge-alert', { id: items[0].id, note: 'on it' }),
  ).toMatchObject({ output: { alert: { acknowledged: { note: 'on it' } } } });
});

it('lets them do nothing their caller may not', async () => {
  const { parts } = await assemble(AuthorizeResult.DENY);
  const actions = actionsRegistryServiceMock();
  registerObjectivesActions(actions, parts);
  await parts.evaluator.evaluateDue();
  for (const [name, input] of [
    ['get-objectives', orders],
    ['compare-deploy', orders],
    ['list-alerts', {}],
  ] as const) {
    await expect(actions.invoke({ id: `test:${name}`, input })).rejects.toThrow(
      /health\.read/,
    );
  }
});
