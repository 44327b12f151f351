import type { ServerResponse } from 'node:http';
import {
  coreServices,
  createServiceFactory,
  type RootLoggerService,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { FakePrometheus } from '../__testUtils__/FakePrometheus';
import { measured, startPrometheus } from '../__testUtils__/measured';
import { startHealth } from '../__testUtils__/startHealth';
import { until } from '../__testUtils__/until';
import { environmentOf, podOf, SHA, workloadOf } from '../__testUtils__/views';

const ORDERS = 'component:default/orders';
const DAY_MS = 86_400_000;
const LAST_HOUR = { environment: 'local', window: 'PT1H' as const };

const logged: string[] = [];
/** Keeps errors. */
const errorLogger: RootLoggerService = {
  error: message => void logged.push(message),
  warn() {},
  info() {},
  debug() {},
  child: () => errorLogger,
};

let prometheus: FakePrometheus;
let started: Awaited<ReturnType<typeof startHealth>>;

beforeAll(async () => {
  prometheus = await startPrometheus();
  started = await startHealth({
    features: [
      measured(prometheus.url),
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => errorLogger,
      }),
    ],
  });
});

afterAll(async () => {
  await started.stop();
  await prometheus.stop();
});

beforeEach(() => {
  prometheus.misbehave(undefined);
  const recently = new Date(Date.now() - 20 * 60_000).toISOString();
  const workload = workloadOf();
  const revision = {
    workload: workload.ref,
    hash: 'new',
    images: [],
    at: recently,
    by: 'user:default/maya',
    commit: { repo: 'orders', sha: SHA, via: 'annotation' as const },
  };
  started.fake.found.set('orders', [
    environmentOf('local', [
      workloadOf({
        pods: [
          podOf('orders-1', { limits: { cpuCores: 0.5, memoryBytes: 96 } }),
        ],
        revision,
        revisions: [
          revision,
          { ...revision, hash: 'old', at: '2020-01-01T00:00:00Z' },
        ],
      }),
    ]),
    environmentOf('blind', [workload]),
  ]);
});

const get = (path: string, init?: RequestInit) =>
  fetch(`${started.url}/entities/component/default/orders/metrics${path}`, {
    headers: { authorization: mockCredentials.user.header() },
    ...init,
  });

it('gives all series at the same times, limits, and the deploys of the window', async () => {
  const metrics = await started.health.getMetrics(ORDERS, LAST_HOUR);
  expect(metrics).toMatchObject({
    entityRef: ORDERS,
    environment: 'local',
    stepSeconds: 20,
    notes: [],
    deploys: [
      {
        workload: 'orders',
        revision: 'new',
        commit: { repo: 'orders', sha: SHA },
        by: 'user:default/maya',
        byName: 'Maya',
      },
    ],
  });
  expect(metrics.problem).toBeUndefined();
  const [{ workload, cpuLimitCores, memoryLimitBytes, ...series }] =
    metrics.workloads;
  expect(workload).toEqual({
    namespace: 'default',
    kind: 'Deployment',
    name: 'orders',
  });
  expect({ cpuLimitCores, memoryLimitBytes }).toEqual({
    cpuLimitCores: 0.5,
    memoryLimitBytes: 96,
  });
  const last = Object.fromEntries(
    Object.entries(series).map(([name, points]) => {
      expect(points).toHaveLength(181);
      expect(points[180][0]).toBe(Date.parse(metrics.to) / 1_000);
      return [name, points[180][1]];
    }),
  );
  expect(last).toEqual({
    requests: 10,
    errors: expect.closeTo(0.02),
    p50Ms: expect.closeTo(31.25),
    p95Ms: expect.closeTo(87.5),
    p99Ms: expect.closeTo(97.5),
    cpuCores: 0.25,
    memoryBytes: 64 * 1024 * 1024,
  });
});

it.each(['PT5M', 'PT15M', 'PT1H', 'PT6H', 'PT24H'] as const)(
  'has 120 to 180 steps in %s, at times that do not move with the viewer',
  async window => {
    const noon = Math.floor(Date.now() / DAY_MS - 30) * DAY_MS + DAY_MS / 2;
    const asked = new Date(noon + 3_217);
    const { from, to, stepSeconds } = await started.health.getMetrics(ORDERS, {
      environment: 'local',
      window,
      to: asked.toISOString(),
    });
    const steps = (Date.parse(to) - Date.parse(from)) / 1_000 / stepSeconds;
    expect(steps).toBeGreaterThanOrEqual(120);
    expect(steps).toBeLessThanOrEqual(180);
    expect((Date.parse(from) / 1_000) % stepSeconds).toBe(0);
    expect(asked.getTime() - Date.parse(to)).toBeLessThan(5_000);
    expect(Date.parse(to)).toBeLessThanOrEqual(asked.getTime());
  },
);

it('asks Prometheus once for fifty people who watch the same tab', async () => {
  const day = Math.floor(Date.now() / DAY_MS) * DAY_MS - 60 * DAY_MS;
  const to = new Date(day + 15_000).toISOString();
  const before = prometheus.queries.length;
  await Promise.all(
    Array.from({ length: 50 }, () =>
      started.health.getMetrics(ORDERS, { ...LAST_HOUR, to }),
    ),
  );
  // Five of the grid, and five of its end.
  expect(prometheus.queries.length - before).toBe(10);
});

it('ends at the time given, as people write it, and never after now', async () => {
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  for (const to of [hourAgo, encodeURIComponent(hourAgo)]) {
    const past = await get(`?environment=local&window=PT5M&to=${to}`);
    expect(past.status).toBe(200);
    const end = Date.parse((await past.json()).to);
    expect(Date.parse(hourAgo) - end).toBeGreaterThanOrEqual(0);
    expect(Date.parse(hourAgo) - end).toBeLessThan(2_000);
  }
  const future = await get(
    '?environment=local&window=PT5M&to=%2B275760-09-13T00:00:00.000Z',
  );
  expect(future.status).toBe(200);
  const { to } = await future.json();
  expect(Date.parse(to)).toBeLessThanOrEqual(Date.now());
});

it('says so when it is asked for what nobody keeps', async () => {
  const response = await get(
    '?environment=local&window=PT5M&to=2020-11-21T12:00:00Z',
  );
  expect((await response.json()).error.message).toBe(
    '"2020-11-21T12:00:00Z" is more than a year ago; ask for a window that ends later',
  );
});

it.each(['?', '/export?format=csv&'])(
  'ends quietly when the caller of %s leaves early, and says what else fails',
  async path => {
    const waiting: ServerResponse[] = [];
    prometheus.misbehave(response => void waiting.push(response));
    logged.length = 0;
    const leaves = new AbortController();
    // What nobody has asked before.
    const to = new Date(Date.now() - Math.random() * 30 * DAY_MS).toISOString();
    const asked = get(`${path}environment=local&window=PT5M&to=${to}`, {
      headers: { authorization: mockCredentials.user.header() },
      signal: leaves.signal,
    });
    await until(() => waiting.length > 0);
    leaves.abort();
    await expect(asked).rejects.toThrow(/abort/);
    await until(() => waiting.every(({ destroyed }) => destroyed));
    prometheus.misbehave(undefined);
    expect((await get('?environment=local&window=PT24H')).status).toBe(200);
    expect(logged).toEqual([]);
    jest
      .spyOn(started.fake, 'workloads')
      .mockRejectedValueOnce(new TypeError('broken'));
    expect((await get('?environment=local&window=PT24H')).status).toBe(500);
    expect(logged).toEqual(['Request failed with status 500']);
  },
);

describe('says what is wrong', () => {
  it('when no Prometheus is configured', async () => {
    await expect(
      started.health.getMetrics(ORDERS, { ...LAST_HOUR, environment: 'blind' }),
    ).resolves.toMatchObject({
      problem: {
        code: 'not-configured',
        hint: expect.stringContaining('prometheus'),
      },
      workloads: [],
    });
  });

  it('when it does not answer, and still tells the deploys', async () => {
    prometheus.misbehave(response => response.writeHead(500).end());
    const metrics = await started.health.getMetrics(ORDERS, {
      ...LAST_HOUR,
      window: 'PT6H',
    });
    expect(metrics).toMatchObject({
      problem: {
        code: 'unavailable',
        message: expect.stringMatching(/environment local answered 500\.$/),
      },
      deploys: [{ revision: 'new' }],
      workloads: [],
    });
    const file = await get('/export?environment=local&window=PT6H&format=csv');
    expect(file.status).toBe(503);
  });

  it('when nothing is deployed, or nothing is named', async () => {
    started.fake.found.set('orders', [environmentOf('local', [])]);
    await expect(
      started.health.getMetrics(ORDERS, LAST_HOUR),
    ).resolves.toMatchObject({
      problem: {
        code: 'no-workloads',
        message: 'Nothing of orders is deployed in local.',
      },
    });
    await expect(
      started.health.getMetrics('component:default/plain', LAST_HOUR),
    ).resolves.toMatchObject({ problem: { code: 'no-workloads' } });
    expect(
      (await get('/export?environment=local&window=PT6H&format=csv')).status,
    ).toBe(404);
  });

  it.each([
    ['?environment=local', 400],
    ['?environment=local&window=PT2M', 400],
    ['?environment=mars&window=PT5M', 404],
    ['?environment=local&window=PT5M&to=yesterday', 400],
    ['?environment=local&window=PT5M&to=-271821-04-20T00%3A00%3A00.000Z', 400],
    ['?environment=local&window=PT24H&to=2020-11-21T12:00:00Z', 400],
    [
      '/export?environment=local&window=PT5M&format=csv&to=-271821-04-20T00%3A00%3A00.000Z',
      400,
    ],
    ['/export?environment=local&window=PT5M', 400],
    ['/export?environment=local&window=PT5M&format=xlsx', 400],
  ])('%s is %i', async (path, code) => {
    expect((await get(path)).status).toBe(code);
  });
});

describe('reports and lists', () => {
  const traffic = {
    window: 'PT5M',
    requestsPerSecond: expect.closeTo(10),
    errorRatio: expect.closeTo(0.02),
    p95Ms: 84,
  };

  it('say what requests say, from one question for all', async () => {
    const report = await started.health.getReport(ORDERS);
    expect(report.sentence).toMatch(
      /^Healthy in local\. 3 of 3 replicas ready, 2 % errors, p95 84 ms \(last 5 min\)\. Last deploy/,
    );
    expect(report.environments[0]).toMatchObject({
      traffic,
      workloads: [{ traffic }],
    });
    const before = prometheus.queries.length;
    const summaries = await started.health.getSummaries([ORDERS]);
    expect(summaries[ORDERS]).toMatchObject({ traffic });
    expect(prometheus.queries).toHaveLength(before);
  });

  it('are there without a Prometheus that hangs', async () => {
    const hanging = await startPrometheus();
    const waiting: ServerResponse[] = [];
    hanging.misbehave(response => void waiting.push(response));
    const other = await startHealth({ features: [measured(hanging.url)] });
    const report = await other.health.getReport(ORDERS);
    // The report did not wait until the queries were given up.
    expect(waiting.map(({ destroyed }) => destroyed)).toContain(false);
    expect(report.sentence).toMatch(/^Healthy\. 1 of 1 replicas ready\. Last/);
    await other.stop();
    await hanging.stop();
  });
});

describe('export', () => {
  it('is a table with units, a row for each time, and the deploy in its row', async () => {
    const response = await get(
      '/export?environment=local&window=PT1H&format=csv',
    );
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(response.headers.get('content-disposition')).toMatch(
      /attachment; filename="orders-local-metrics-.*\.csv"/,
    );
    const [header, ...rows] = (await response.text()).split('\r\n');
    expect(header).toMatch(
      /^time \(UTC\),environment,namespace,workload,requests \(per second\),.*p95 \(ms\)/,
    );
    expect(rows).toHaveLength(182);
    expect(rows[180]).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z,local,default,orders,10,0\.02,31\.25,87\.5,97\.5,0\.25,67108864,$/,
    );
    expect(rows.filter(row => row.includes('a1b2c3d by Maya'))).toHaveLength(1);
  });

  it('is the same as JSON', async () => {
    const response = await get(
      '/export?environment=local&window=PT1H&format=json',
    );
    expect(await response.json()).toMatchObject({
      entityRef: ORDERS,
      stepSeconds: 20,
    });
    expect(response.headers.get('content-disposition')).toMatch(/\.json"$/);
  });
});

describe('who may see it', () => {
  it.each([
    '?environment=local&window=PT5M',
    '/export?environment=local&window=PT5M&format=csv',
  ])(
    '%s: nobody who is not signed in, and no entity that is not to be seen',
    async path => {
      const guest = await get(path, {
        headers: { authorization: mockCredentials.none.header() },
      });
      expect(guest.status).toBe(401);
      const secret = await fetch(
        `${started.url}/entities/component/default/secret/metrics${path}`,
        { headers: { authorization: mockCredentials.user.header() } },
      );
      expect(secret.status).toBe(404);
    },
  );

  it('everybody who may read health, not only owners; nobody else', async () => {
    const other = await get('?environment=local&window=PT5M', {
      headers: {
        authorization: mockCredentials.user.header('user:default/noor'),
      },
    });
    expect(other.status).toBe(200);
    const denied = await startHealth({
      features: [
        measured(prometheus.url),
        mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
      ],
    });
    await expect(denied.health.getMetrics(ORDERS, LAST_HOUR)).rejects.toThrow(
      /403/,
    );
    await denied.stop();
  });
});
