import { createServer } from 'node:http';
import { wrapServer } from '@backstage/backend-openapi-utils/testUtils';
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { ClustersService } from '@ghostlight/plugin-clusters-node';
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
import { createRouter } from '../router';
import { Access } from '../service/Access';
import { CommitSource } from '../service/CommitSource';
import { HealthService } from '../service/HealthService';
import { LogService } from '../service/LogService';
import { NameSource } from '../service/NameSource';
import { TrafficSource } from '../service/TrafficSource';
import { UsageSource } from '../service/UsageSource';

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
    entities: [component('orders'), component('plain', {})],
  });
  const now = () => NOW;
  const health = new HealthService({
    access: new Access({ permissions: mockServices.permissions(), catalog }),
    clusters,
    usage: new UsageSource(clusters, now),
    traffic: new TrafficSource({ of: () => undefined }, now),
    commits: new CommitSource({
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
    }),
    names: new NameSource(catalog),
    now,
  });
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
