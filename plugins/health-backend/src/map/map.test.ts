import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { HealthMap } from '@ghostlight/plugin-health-common';
import { component } from '../__testUtils__/entities';
import type { FakePrometheus } from '../__testUtils__/FakePrometheus';
import { measured, startPrometheus } from '../__testUtils__/measured';
import { startHealth } from '../__testUtils__/startHealth';
import { until } from '../__testUtils__/until';
import { environmentOf, workloadOf } from '../__testUtils__/views';

const SHOP = 'system:default/shop';
const ref = (name: string) => `component:default/${name}`;

function related(
  entity: Entity,
  ...relations: Array<[string, string]>
): Entity {
  return {
    ...entity,
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}

const system = (...parts: string[]): Entity =>
  related(
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'System',
      metadata: { name: 'shop', namespace: 'default' },
    },
    ...parts.map((name): [string, string] => ['hasPart', ref(name)]),
  );

const entities = [
  system('web', 'orders', 'plain', 'secret'),
  related(
    component('web'),
    ['dependsOn', ref('orders')],
    ['consumesApi', 'api:default/mail'],
  ),
  related(
    component('orders'),
    ['dependsOn', ref('payments')],
    ['dependsOn', ref('secret')],
  ),
  component('plain', {}),
  component('payments'),
  component('batch'),
  related(component('mailer'), ['providesApi', 'api:default/mail']),
  component('elsewhere'),
  related(
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'API',
      metadata: { name: 'mail', namespace: 'default' },
    },
    ['apiProvidedBy', ref('mailer')],
    ['apiConsumedBy', ref('web')],
  ),
];

let prometheus: FakePrometheus;
let started: Awaited<ReturnType<typeof startHealth>>;

beforeAll(async () => {
  prometheus = await startPrometheus();
  const seen = (source: string, to: string, code: string, rate: number) =>
    [
      {
        source_workload: source,
        source_workload_namespace: 'default',
        destination_workload: to,
        destination_service_name: to === 'unknown' ? 'orders' : to,
        response_code: code,
      },
      rate,
    ] satisfies [Record<string, string>, number];
  prometheus
    .on(
      /^sum by \(source_workload/,
      seen('unknown', 'web', '200', 12),
      seen('web', 'orders', '200', 9),
      seen('web', 'unknown', '503', 1),
      seen('batch', 'orders', '200', 2),
      seen('traffic-generator', 'orders', '200', 3),
      seen('gone', 'orders', '200', 4),
      seen('batch', 'elsewhere', '200', 5),
    )
    .on(/^histogram_quantile\(0\.95, sum by \(source_workload/, [
      {
        source_workload: 'web',
        source_workload_namespace: 'default',
        destination_workload: 'orders',
        destination_service_name: 'orders',
      },
      42,
    ]);
  started = await startHealth({
    entities,
    features: [measured(prometheus.url)],
  });
  const { fake } = started;
  for (const name of ['web', 'orders', 'payments', 'batch', 'elsewhere']) {
    const workload = workloadOf();
    fake.found.set(name, [
      environmentOf('local', [workloadOf({ ref: { ...workload.ref, name } })]),
    ]);
  }
  const labels = (name: string) => ({
    'backstage.io/kubernetes-id': name,
    app: name,
  });
  const deployment = (name: string) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default', labels: {} },
    spec: { template: { metadata: { labels: labels(name) } } },
  });
  fake.objects.push(
    ...['web', 'orders', 'batch', 'traffic-generator', 'elsewhere'].map(
      deployment,
    ),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'orders', namespace: 'default' },
      spec: { selector: { app: 'orders' } },
    },
  );
});

afterAll(async () => {
  await started.stop();
  await prometheus.stop();
});

beforeEach(() => prometheus.misbehave(undefined));

const query = { environment: 'local', window: 'PT15M' as const };

it('shows parts and neighbours, declared or seen, and what goes between them', async () => {
  const map = await started.health.getMap(SHOP, query);
  expect(map.problem).toBeUndefined();
  expect(map.notes).toEqual([]);
  const nodes = map.nodes.map(({ id, member, status }) => [id, member, status]);
  expect(nodes).toEqual([
    [ref('orders'), true, 'healthy'],
    [ref('plain'), true, 'unknown'],
    [ref('web'), true, 'healthy'],
    [ref('batch'), false, 'healthy'],
    [ref('mailer'), false, 'unknown'],
    [ref('payments'), false, 'healthy'],
    ['unknown', false, 'unknown'],
  ]);
  expect(map.nodes[0]).toMatchObject({
    name: 'orders',
    ready: 3,
    desired: 3,
    requestsPerSecond: 10,
    errorRatio: expect.closeTo(0.02),
    p95Ms: 84,
    sentence: expect.stringMatching(/2 % errors, p95 84 ms/),
  });
  expect(map.nodes[0].trend).toHaveLength(31);
  const edges = map.edges.map(({ from, to, sources, requestsPerSecond }) => [
    from.replace(/^.*\//, ''),
    to.replace(/^.*\//, ''),
    sources.join('+'),
    requestsPerSecond,
  ]);
  expect(edges).toEqual([
    ['web', 'orders', 'catalog+traffic', 10],
    ['web', 'mailer', 'catalog', undefined],
    ['orders', 'payments', 'catalog', undefined],
    ['unknown', 'web', 'traffic', 12],
    // The traffic generator and what is not there any more are no components.
    ['unknown', 'orders', 'traffic', 7],
    ['batch', 'orders', 'traffic', 2],
  ]);
  // Of ten requests from web one reached no replica: it is known by the Service it asked for.
  expect(map.edges[0]).toMatchObject({
    errorRatio: expect.closeTo(0.1),
    p95Ms: 42,
    seenAt: expect.any(String),
  });
});

it('tells what goes on now beside what went on in the window', async () => {
  const source = {
    source_workload: 'web',
    source_workload_namespace: 'default',
    destination_workload: 'orders',
  };
  const fails = { ...source, response_code: '503' };
  const works = { ...source, response_code: '200' };
  const batch = { ...works, source_workload: 'batch' };
  const { source_workload: _, ...orders } = works;
  // It failed an hour ago, and works again.
  prometheus
    .on(
      /^sum by \(source_workload.*\[21600s\]/,
      [fails, 1],
      [works, 9],
      [batch, 2],
    )
    .on(/^sum by \(source_workload.*\[300s\]/, [works, 10])
    .on(/^sum by \(destination_workload, dest.*\[300s\]/, [orders, 10]);
  let map: HealthMap | undefined;
  const edge = (from: string) =>
    map?.edges.find(each => each.from === ref(from));
  // What was asked a moment ago is not asked again at once.
  await until(async () => {
    map = await started.health.getMap(SHOP, {
      environment: 'local',
      window: 'PT6H',
    });
    return edge('web')?.now?.errorRatio === 0;
  });
  expect(edge('web')).toMatchObject({
    requestsPerSecond: 10,
    errorRatio: expect.closeTo(0.1),
    now: { requestsPerSecond: 10, errorRatio: 0 },
  });
  expect(edge('batch')).toMatchObject({
    requestsPerSecond: 2,
    now: { requestsPerSecond: 0 },
  });
  expect(map?.nodes[0]).toMatchObject({
    errorRatio: expect.closeTo(0.02),
    now: { requestsPerSecond: 10, errorRatio: 0 },
  });
});

it('marks what its team says is wrong', async () => {
  const at = new Date();
  await started.knex('alerts').insert({
    id: '00000000-0000-4000-8000-000000000001',
    entity_ref: ref('orders'),
    environment: 'local',
    name: 'slow',
    kind: 'threshold',
    severity: 'warning',
    state: 'firing',
    side: 'above',
    unit: 'ms',
    threshold: 80,
    started_at: at,
    wrong_since: at,
    last_seen_at: at,
    acknowledged_by: 'user:default/maya',
    acknowledged_at: at,
  });
  const map = await started.health.getMap(SHOP, query);
  expect(map.nodes[0]).toMatchObject({
    status: 'degraded',
    sentence: expect.stringMatching(/^Degraded\. 1 alert fires: slow\. 3 of 3/),
  });
  const summaries = await started.health.getSummaries([
    ref('orders'),
    ref('web'),
  ]);
  expect(summaries).toMatchObject({
    [ref('orders')]: { status: 'degraded' },
    [ref('web')]: { status: 'healthy' },
  });
  await started.knex('alerts').delete();
});

it('shows what is declared when the Prometheus does not answer, and says so', async () => {
  prometheus.misbehave(response => response.writeHead(500).end());
  const map = await started.health.getMap(SHOP, { ...query, window: 'PT1H' });
  expect(map.problem).toMatchObject({ code: 'unavailable' });
  expect(map.edges.map(({ sources }) => sources)).toEqual([
    ['catalog'],
    ['catalog'],
    ['catalog'],
  ]);
  expect(map.nodes).toHaveLength(5);
});

it('is for who may read health, of systems that may be seen', async () => {
  const get = (path: string, authorization: string) =>
    fetch(`${started.url}/entities/system/default/${path}`, {
      headers: { authorization },
    });
  const ok = '/map?environment=local&window=PT5M';
  expect((await get(`shop${ok}`, mockCredentials.none.header())).status).toBe(
    401,
  );
  expect((await get(`none${ok}`, mockCredentials.user.header())).status).toBe(
    404,
  );
  expect(
    (
      await get(
        'shop/map?environment=mars&window=PT5M',
        mockCredentials.user.header(),
      )
    ).status,
  ).toBe(404);
  expect(
    (
      await get(
        'shop/map?environment=local&window=P1D',
        mockCredentials.user.header(),
      )
    ).status,
  ).toBe(400);
  expect(
    (await get(`shop${ok}`, mockCredentials.user.header('user:default/noor')))
      .status,
  ).toBe(200);
  const denied = await startHealth({
    entities,
    features: [
      measured(prometheus.url),
      mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
    ],
  });
  await expect(denied.health.getMap(SHOP, query)).rejects.toThrow(/403/);
  await denied.stop();
});

it('is bounded, and says so', async () => {
  const names = Array.from({ length: 250 }, (_, n) => `c${n}`);
  const large = await startHealth({
    entities: [system(...names), ...names.map(name => component(name))],
    features: [measured(prometheus.url)],
  });
  large.fake.found.set('c1', [environmentOf('local', [workloadOf()])]);
  const map = await large.health.getMap(SHOP, query);
  expect(map.nodes.filter(({ member }) => member)).toHaveLength(200);
  expect(map.notes).toEqual([
    'the system has 250 components; 200 are looked at',
  ]);
  await large.stop();
});
