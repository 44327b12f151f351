import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type AuthorizePermissionResponse,
} from '@backstage/plugin-permission-common';
import { metricsServiceRef } from '@ghostlight/plugin-clusters-node';
import {
  healthAlertAcknowledgePermission,
  healthReadPermission,
} from '@ghostlight/plugin-health-common';
import { clientOf } from '../__testUtils__/clientOf';
import { component, user } from '../__testUtils__/entities';
import { FakeMetrics } from '../__testUtils__/FakeMetrics';
import { startHealth } from '../__testUtils__/startHealth';

jest.setTimeout(60_000);

const ORDERS = 'component:default/orders';
const OWNER = 'user:default/maya';
const OTHER_OWNER = 'user:default/sam';
const id = (n: number) =>
  `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

let started: Awaited<ReturnType<typeof startHealth>>;
const audited: string[] = [];

/** As the policy decides: all but guests read, owners acknowledge. */
async function authorizeAs(userRef: string | undefined) {
  const owners = [OWNER, OTHER_OWNER];
  return (name: string): AuthorizePermissionResponse => {
    const allowed =
      userRef !== undefined &&
      userRef !== 'user:default/guest' &&
      (name !== healthAlertAcknowledgePermission.name ||
        owners.includes(userRef));
    return {
      result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
    };
  };
}

const metrics = new FakeMetrics();

beforeAll(async () => {
  const permissions = mockServices.permissions.mock({
    authorize: async (requests, options) => {
      const principal = options?.credentials?.principal;
      const ref =
        typeof principal === 'object' &&
        principal !== null &&
        'userEntityRef' in principal
          ? String(principal.userEntityRef)
          : undefined;
      const decide = await authorizeAs(ref);
      return requests.map(({ permission }) => decide(permission.name));
    },
  });
  started = await startHealth({
    entities: [
      component('orders'),
      component('payments'),
      component('plain', {}),
      user('maya', 'Maya'),
      user('sam', 'Sam'),
    ],
    features: [
      permissions.factory,
      mockServices.auditor.mock({
        createEvent: async ({ eventId, meta }) => {
          const log = (end: string) => {
            audited.push(`${eventId} ${meta?.entityRef} ${end}`);
          };
          return {
            success: async () => log('done'),
            fail: async ({ error }) => log(error.name),
          };
        },
      }).factory,
      createServiceFactory({
        service: metricsServiceRef,
        deps: {},
        factory: () => metrics,
      }),
    ],
  });
  const row = (n: number, changes: object = {}) => ({
    id: id(n),
    entity_ref: ORDERS,
    environment: 'local',
    name: `errors${n}`,
    kind: 'threshold',
    severity: 'warning',
    state: 'firing',
    metric: 'errors',
    side: 'above',
    unit: 'ratio',
    threshold: 0.05,
    worst: 0.2,
    latest: 0.1,
    started_at: new Date(Date.UTC(2026, 10, 21, 12, n)),
    wrong_since: new Date(Date.UTC(2026, 10, 21, 12, n)),
    last_seen_at: new Date(Date.UTC(2026, 10, 21, 12, n)),
    ...changes,
  });
  // Evaluated far in the future: these alerts are the test's.
  await started.knex('alert_leases').delete();
  for (const name of ['orders', 'payments', 'secret', 'plain']) {
    await started
      .knex('alert_leases')
      .insert({
        entity_ref: `component:default/${name}`,
        due_at: '2100-01-01T00:00:00Z',
      })
      .onConflict('entity_ref')
      .merge();
  }
  const ended = { state: 'resolved', resolved_at: new Date() };
  await started
    .knex('alerts')
    .insert([
      row(1),
      row(2, ended),
      row(3),
      row(4, { entity_ref: 'component:default/payments' }),
      row(5, { entity_ref: 'component:default/secret' }),
      row(6, { environment: 'staging' }),
    ]);
});

afterAll(() => started.stop());

const as = (userRef: string) =>
  clientOf(started.port, mockCredentials.user.header(userRef));
const post = async (path: string, body: unknown, authorization?: string) => {
  const response = await fetch(`${started.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: authorization ?? mockCredentials.user.header(OWNER),
    },
    body: JSON.stringify(body),
  });
  const { error } = await response.json();
  return { status: response.status, message: String(error?.message) };
};

describe('a list of alerts', () => {
  it('holds what may be seen, what fires first, in full pages', async () => {
    const first = await as(OWNER).listAlerts({ pageSize: 3 });
    expect(first).toMatchObject({ page: 1, totalPages: 2, total: 5 });
    expect(first.items.map(({ name }) => name)).toEqual([
      'errors6',
      'errors4',
      'errors3',
    ]);
    const second = await as(OWNER).listAlerts({ pageSize: 3, page: 2 });
    expect(second.items.map(({ name }) => name)).toEqual([
      'errors1',
      'errors2',
    ]);
    expect((await as(OWNER).listAlerts({ page: 9 })).items).toEqual([]);
  });

  it('is of those entities, that environment and state', async () => {
    const names = async (
      query: Parameters<ReturnType<typeof as>['listAlerts']>[0],
    ) => (await as(OWNER).listAlerts(query)).items.map(({ name }) => name);
    expect(await names({ entityRefs: ['Component:orders'] })).toHaveLength(4);
    expect(await names({ entityRefs: ['component:default/secret'] })).toEqual(
      [],
    );
    expect(await names({ entityRefs: [] })).toEqual([]);
    expect(await names({ environment: 'staging' })).toEqual(['errors6']);
    expect(await names({ state: 'resolved' })).toEqual(['errors2']);
  });
});

describe('acknowledging', () => {
  it('names who looks at it, once however often they say so', async () => {
    const maya = as(OWNER);
    const told = await maya.acknowledgeAlert(id(1), { note: ' on it ' });
    expect(told).toMatchObject({
      version: 2,
      acknowledged: { by: OWNER, byName: 'Maya', note: 'on it' },
    });
    expect(await maya.acknowledgeAlert(id(1), {})).toEqual(told);
    expect(
      await maya.acknowledgeAlert(id(1), { note: 'found it' }),
    ).toMatchObject({
      version: 3,
      acknowledged: { note: 'found it', at: told.acknowledged?.at },
    });
    expect(
      started.published.filter(({ message }) => message.kind === 'alerts'),
    ).toHaveLength(2);
  });

  it('is refused when another person was first, and when it has ended', async () => {
    await as(OWNER).acknowledgeAlert(id(3), {});
    const sam = mockCredentials.user.header(OTHER_OWNER);
    expect(await post(`/alerts/${id(3)}/acknowledge`, {}, sam)).toEqual({
      status: 409,
      message: 'Maya has acknowledged the alert errors3 of orders already',
    });
    expect(await post(`/alerts/${id(2)}/acknowledge`, {})).toMatchObject({
      status: 409,
      message:
        'There is nothing left to acknowledge: the alert errors2 of orders has ended',
    });
  });

  it('is for owners, and for nobody else', async () => {
    audited.length = 0;
    const noor = mockCredentials.user.header('user:default/noor');
    expect(await post(`/alerts/${id(6)}/acknowledge`, {}, noor)).toMatchObject({
      status: 403,
      message: expect.stringMatching(/only its owners and operators/),
    });
    const guest = mockCredentials.user.header('user:default/guest');
    expect(await post(`/alerts/${id(6)}/acknowledge`, {}, guest)).toMatchObject(
      {
        status: 403,
        message: expect.stringMatching(healthReadPermission.name),
      },
    );
    const none = mockCredentials.none.header();
    expect((await post(`/alerts/${id(6)}/acknowledge`, {}, none)).status).toBe(
      401,
    );
    expect((await post(`/alerts/query`, {}, none)).status).toBe(401);
    expect((await post(`/alerts/query`, {}, guest)).status).toBe(403);
    expect((await post(`/alerts/${id(5)}/acknowledge`, {})).status).toBe(404);
    expect((await post(`/alerts/${id(99)}/acknowledge`, {})).status).toBe(404);
    await as(OWNER).acknowledgeAlert(id(6), {});
    expect(audited).toEqual([
      `alert-acknowledge ${ORDERS} NotAllowedError`,
      `alert-acknowledge ${ORDERS} done`,
    ]);
  });
});

describe('bad input', () => {
  it.each<[string, unknown]>([
    ['/alerts/query', { page: 0 }],
    ['/alerts/query', { page: 1.5 }],
    ['/alerts/query', { pageSize: 101 }],
    ['/alerts/query', { state: 'burning' }],
    ['/alerts/query', { entityRefs: 'component:default/orders' }],
    ['/alerts/query', { entityRefs: ['::::::'] }],
    ['/alerts/query', { entityRefs: Array(1_001).fill(ORDERS) }],
    ['/alerts/query', { colour: 'red' }],
    ['/alerts/one/acknowledge', {}],
    [`/alerts/${id(1)}'--/acknowledge`, {}],
    [`/alerts/${id(1)}/acknowledge`, { note: 'x'.repeat(1_001) }],
    [`/alerts/${id(1)}/acknowledge`, { note: 1 }],
  ])('%s %j is 400', async (path, body) => {
    expect((await post(path, body)).status).toBe(400);
  });
});

describe('objectives and comparisons', () => {
  const get = async (path: string, authorization?: string) => {
    const response = await fetch(`${started.url}${path}`, {
      headers: authorization ? { authorization } : {},
    });
    return { status: response.status, body: await response.json() };
  };
  const path = (what: string, environment = 'local') =>
    `/entities/component/default/orders/${what}?environment=${environment}`;

  it('say what is missing: a source of the file, a place, a person', async () => {
    const { serviceFile, objectives } = await as(OWNER).getObjectives(
      ORDERS,
      'local',
    );
    expect(serviceFile).toMatchObject({ state: 'no-source', mistakes: [] });
    expect(serviceFile.message).toMatch(/ghostlight\.dev\/repository/);
    expect(objectives).toEqual([]);
    const maya = mockCredentials.user.header(OWNER);
    const guest = mockCredentials.user.header('user:default/guest');
    for (const what of ['objectives', 'comparison']) {
      expect((await get(path(what, 'mars'), maya)).status).toBe(404);
      expect((await get(path(what, ''), maya)).status).toBe(400);
      expect((await get(path(what), guest)).status).toBe(403);
      expect(
        (await get(path(what), mockCredentials.none.header())).status,
      ).toBe(401);
    }
  });

  it('wait while a deploy settles, and say until when', async () => {
    const found = started.fake.found.get('orders') ?? [];
    const at = new Date(Date.now() - 10_000).toISOString();
    started.fake.found.set(
      'orders',
      found.map(environment => ({
        ...environment,
        workloads: environment.workloads.map(workload => ({
          ...workload,
          revision: workload.revision && {
            ...workload.revision,
            hash: 'settling',
            at,
          },
        })),
      })),
    );
    const { workloads } = await as(OWNER).getComparison(ORDERS, 'local');
    started.fake.found.set('orders', found);
    const clock = new Date(Date.parse(at) + 30_000).toISOString().slice(11, 19);
    expect(workloads).toMatchObject([
      {
        verdict: 'no-data',
        sentence: `No data yet: what is compared begins 30 s after the deploy, at ${clock} UTC.`,
        metrics: [],
      },
    ]);
  });

  it('compare the last deploy', async () => {
    const { workloads } = await as(OWNER).getComparison(ORDERS, 'local');
    expect(workloads).toMatchObject([
      {
        verdict: 'no-worse',
        sentence:
          'No worse: 0 % errors before and after, p95 95 ms before and after.',
        after: { commit: { repo: 'orders' }, byName: 'Maya' },
      },
    ]);
  });

  it('give the schema of ghostlight.yaml to editors, which cannot sign in', async () => {
    const { status, body } = await get('/schema/ghostlight.json');
    expect(status).toBe(200);
    expect(Object.keys(body.properties)).toEqual([
      'run',
      'build',
      'slos',
      'alerts',
    ]);
  });
});
