import { createServer } from 'node:http';
import { wrapServer } from '@backstage/backend-openapi-utils/testUtils';
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  ClustersService,
  MetricPoint,
  MetricSource,
} from '@ghostlight/plugin-clusters-node';
import express from 'express';
import request from 'supertest';
import { component } from '../__testUtils__/entities';
import { FakeClusters } from '../__testUtils__/FakeClusters';
import {
  ago,
  environmentOf,
  NOW,
  podOf,
  workloadOf,
} from '../__testUtils__/views';
import { DEFAULT_LIMITS } from '../logs/LogTail';
import { StreamLimits } from '../logs/StreamLimits';
import { SystemMaps } from '../map/SystemMaps';
import { WorkloadOwners } from '../map/WorkloadOwners';
import { EntityMetrics } from '../metrics/EntityMetrics';
import { createRouter } from '../router';
import { mapRoutes } from '../routers/mapRoutes';
import { metricsRoutes } from '../routers/metricsRoutes';
import { Access } from '../service/Access';
import { CommitSource } from '../service/CommitSource';
import { HealthService } from '../service/HealthService';
import { LogService } from '../service/LogService';
import { NameSource } from '../service/NameSource';
import { TrafficSource } from '../service/TrafficSource';
import { UsageSource } from '../service/UsageSource';

const point = (value?: number): MetricPoint[] => [[NOW.getTime(), value]];
const ofOrders = {
  requestsPerSecond: 5,
  errorRatio: 0.01,
  p95Ms: 84,
};
/** Everything a Prometheus could tell, once. */
const measured: Partial<MetricSource> = {
  red: async () => ({
    requests: point(5),
    errors: point(0.01),
    p50Ms: point(9),
    p95Ms: point(84),
    p99Ms: point(),
    notes: ['a note'],
  }),
  usage: async () => ({
    cpuCores: point(0.1),
    memoryBytes: point(1),
    notes: [],
  }),
  traffic: async () => ({
    edges: [
      {
        ...ofOrders,
        to: { namespace: 'default', name: 'orders' },
        seenAt: ago(5),
      },
    ],
    notes: [],
  }),
  overview: async () => ({
    workloads: [
      {
        ...ofOrders,
        namespace: 'default',
        name: 'orders',
        requests: 1_500,
        trend: point(5),
      },
    ],
    notes: [],
  }),
};

/** A proxy in between fails when a request or an answer is not as openapi.yaml says. */
let checked: string;

beforeAll(async () => {
  const fake = new FakeClusters();
  fake.podLogs.add('orders-new-1');
  fake.podLogs.write('orders-new-1', ago(1), 'one');
  fake.usage.set('orders-new-1', {
    cpuCores: 0.1,
    memoryBytes: 1,
    at: ago(1),
  });
  fake.kubernetesEvents.push({
    at: ago(5),
    firstAt: ago(50),
    type: 'Warning',
    reason: 'BackOff',
    message: 'Back-off',
    count: 3,
    involved: { kind: 'Pod', name: 'orders-new-1', uid: 'u' },
  });
  fake.found.set('orders', [
    environmentOf('local', [
      workloadOf({
        ready: 1,
        pods: [
          podOf('orders-new-1', {
            node: 'node-1',
            startedAt: ago(60),
            lastTermination: {
              container: 'app',
              reason: 'OOMKilled',
              words: 'out of memory',
              exitCode: 137,
              at: ago(70),
            },
          }),
          podOf('orders-new-2', {
            state: 'not ready',
            ready: false,
            notReadyReason: 'its readiness probe has been failing for 40 s',
          }),
        ],
      }),
    ]),
    environmentOf('away', [], {
      reachable: false,
      since: ago(60),
      error: 'it did not answer within 10 s',
    }),
  ]);
  const clusters = fake as Partial<ClustersService> as ClustersService;
  const catalog = catalogServiceMock({
    entities: [
      component('orders'),
      component('plain', {}),
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'System',
        metadata: { name: 'shop', namespace: 'default' },
        relations: [{ type: 'hasPart', targetRef: 'component:default/orders' }],
      },
    ],
  });
  const now = () => NOW;
  const access = new Access({
    permissions: mockServices.permissions(),
    catalog,
  });
  const metrics = { of: () => measured as MetricSource };
  const traffic = new TrafficSource(metrics, now);
  const names = new NameSource(catalog);
  const commits = new CommitSource({
    forge: {
      getCommit: async (_repository, sha) => ({
        sha,
        message: 'Bound the cache\n\nIt grew.',
        author: { name: 'Maya', email: 'maya@example.com' },
        at: ago(800),
        parents: [],
      }),
    },
    auth: mockServices.auth(),
    now,
  });
  const alerts = { of: async () => new Map() };
  const health = new HealthService({
    access,
    clusters,
    usage: new UsageSource(clusters, now),
    traffic,
    alerts,
    commits,
    names,
    now,
  });
  const shared = { access, clusters, metrics, names, now };
  const app = express()
    .use(
      createRouter({
        health,
        logs: new LogService({ health, clusters, limits: DEFAULT_LIMITS, now }),
        streams: new StreamLimits(6),
        httpAuth: mockServices.httpAuth(),
        logger: mockServices.logger.mock(),
        now,
        stopping: new AbortController().signal,
        routes: [
          metricsRoutes({
            metrics: new EntityMetrics({ ...shared, commits }),
            now,
          }),
          mapRoutes(
            new SystemMaps({
              ...shared,
              traffic,
              alerts,
              owners: new WorkloadOwners({
                clusters,
                index: { owners: async () => [] },
                now,
              }),
            }),
          ),
        ],
      }),
    )
    .use(mockErrorHandler());
  // The proxy asks "localhost" by IPv6 if the port is open there, which not every machine resolves.
  const listen = (port: number) => createServer(app).listen(port, '127.0.0.1');
  const proxy = await wrapServer(Object.assign(app, { listen }));
  checked = String(proxy.address()).replace(/\/$/, '');
});

const get = (path: string) =>
  request(checked)
    .get(path)
    .set('authorization', mockCredentials.user.header());

it('answers as its document says', async () => {
  const report = await get('/entities/component/default/orders');
  expect(report.status).toBe(200);
  expect(
    report.body.environments[0].workloads[0].revision.commit,
  ).toMatchObject({
    message: 'Bound the cache',
    author: 'Maya',
  });
  expect((await get('/entities/component/default/plain')).body).toMatchObject({
    problem: 'not-annotated',
  });
  expect((await get('/entities/component/default/none')).status).toBe(404);
  const events = await get(
    '/entities/component/default/orders/events?environment=local',
  );
  expect(events.body).toMatchObject({
    truncated: false,
    events: [{ count: 3 }],
  });
  const summaries = await request(checked)
    .post('/summaries')
    .set('authorization', mockCredentials.user.header())
    .send({ entityRefs: ['component:default/orders'] });
  expect(summaries.body['component:default/orders']).toMatchObject({
    status: 'degraded',
    ready: 1,
    desired: 3,
  });
});

it('answers about metrics and maps as its document says', async () => {
  const orders = '/entities/component/default/orders';
  const metrics = await get(`${orders}/metrics?environment=local&window=PT15M`);
  expect(metrics.body).toMatchObject({
    notes: ['a note'],
    workloads: [{ p99Ms: [[NOW.getTime() / 1_000, null]] }],
    deploys: [{ commit: { message: 'Bound the cache' } }],
  });
  expect(
    (await get(`${orders}/metrics?environment=away&window=PT15M`)).body,
  ).toMatchObject({ problem: { code: 'unavailable' } });
  // Only as JSON: the proxy holds every answer of an operation against its JSON schema.
  const file = await get(
    `${orders}/metrics/export?environment=local&window=PT15M&format=json`,
  );
  expect(file.body).toMatchObject({ stepSeconds: 5 });
  const map = await get(
    '/entities/system/default/shop/map?environment=local&window=PT15M',
  );
  expect(map.body).toMatchObject({
    nodes: [
      { id: 'component:default/orders', trend: [[expect.anything(), 5]] },
      { id: 'unknown' },
    ],
    edges: [{ from: 'unknown', p95Ms: 84 }],
  });
});
