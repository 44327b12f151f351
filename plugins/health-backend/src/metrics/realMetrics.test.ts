import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  clustersServiceRef,
  imageBuildersServiceRef,
  type ClustersService,
  type ImageBuildersService,
} from '@ghostlight/plugin-clusters-node';
import { clientOf } from '../__testUtils__/clientOf';
import { component } from '../__testUtils__/entities';
import { LocalCluster } from '../__testUtils__/LocalCluster';
import { testDatabase } from '../__testUtils__/testDatabase';
import { until } from '../__testUtils__/until';
import { healthPlugin } from '../plugin';

jest.setTimeout(120_000);

const REF = 'component:default/orders';
const labels = { 'backstage.io/kubernetes-id': 'orders', app: 'orders' };
/** Fails what is asked for /broken. */
const SERVICE = `
  require('node:http').createServer((request, response) => {
    response.writeHead(request.url === '/broken' ? 500 : 200).end('ok');
  }).listen(process.env.PORT, '127.0.0.1');
  process.on('SIGTERM', () => process.exit(0));
`;
const system: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'shop', namespace: 'default' },
  relations: [{ type: 'hasPart', targetRef: REF }],
};

let cluster: LocalCluster;
let clusters: ClustersService;
let images: ImageBuildersService;
let backend: Awaited<ReturnType<typeof startTestBackend>>;

beforeAll(async () => {
  cluster = await LocalCluster.start();
  const keep = createBackendPlugin({
    pluginId: 'keep',
    register(env) {
      env.registerInit({
        deps: { clusters: clustersServiceRef, images: imageBuildersServiceRef },
        async init(deps) {
          ({ clusters, images } = deps);
        },
      });
    },
  });
  const { feature: database } = await testDatabase();
  backend = await startTestBackend({
    features: [
      database,
      healthPlugin,
      keep,
      catalogServiceMock.factory({ entities: [component('orders'), system] }),
      mockServices.events.factory(),
      mockServices.rootConfig.factory({ data: cluster.config }),
    ],
  });
});

afterAll(async () => {
  await backend?.stop();
  await cluster?.stop();
});

const apply = (manifest: object) =>
  clusters.apply('local', manifest, { fieldManager: 'ghostlight' });

/** @returns the address of its Service */
async function deploy(): Promise<string> {
  const repository = await cluster.commit({
    'ghostlight.yaml': 'run:\n  command: [node, main.js]\n',
    'main.js': SERVICE,
  });
  const { image } = await images.build('local', {
    name: 'orders',
    repo: { url: repository.url },
    sha: repository.sha,
    key: repository.sha,
  });
  await apply({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'orders', labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'orders' } },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'app',
              image,
              ports: [{ containerPort: 8080 }],
              readinessProbe: { httpGet: { path: '/', port: 8080 } },
              resources: { limits: { memory: '256Mi', cpu: '500m' } },
            },
          ],
        },
      },
    },
  });
  await apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'shop-orders' },
    spec: { selector: { app: 'orders' }, ports: [{ port: 80 }] },
  });
  const ref = {
    environment: 'local',
    namespace: 'default',
    kind: 'Deployment' as const,
    name: 'orders',
  };
  const rollout = await clusters.waitForRollout(ref, { timeoutMs: 60_000 });
  expect(rollout).toEqual({ ok: true });
  let url: string | undefined;
  await until(async () => {
    const service = await clusters.get('local', {
      apiVersion: 'v1',
      kind: 'Service',
      name: 'shop-orders',
    });
    url = service?.metadata.annotations?.['local-cluster/url'];
    return url !== undefined;
  });
  return url ?? '';
}

const last = (points: Array<[number, number | null]>) =>
  points.flatMap(([, value]) => value ?? []).at(-1);

it('reads what a cluster counts of a service: requests, failures, durations, CPU and memory', async () => {
  const address = await deploy();
  const health = clientOf(backend.server.port());
  const ask = (path: string) => fetch(new URL(path, address));
  const metrics = () =>
    health.getMetrics(REF, { environment: 'local', window: 'PT5M' });

  // A quarter of them fails; a scrape sees the counters after each few.
  await until(async () => {
    for (const path of ['/', '/a', '/b', '/broken']) {
      await (await ask(path)).text();
    }
    const { problem, workloads } = await metrics();
    expect(problem).toBeUndefined();
    const { errors, cpuCores } = workloads[0];
    return (last(errors) ?? 0) > 0 && last(cpuCores) !== undefined;
  }, 60_000);
  const { workloads, notes } = await metrics();
  const [orders] = workloads;
  expect(notes).toEqual([]);
  expect(last(orders.requests)).toBeGreaterThan(0);
  expect(last(orders.errors)).toBeCloseTo(0.25, 1);
  expect(last(orders.p95Ms)).toBeGreaterThan(0);
  expect(last(orders.cpuCores)).toBeGreaterThanOrEqual(0);
  expect(last(orders.memoryBytes)).toBeGreaterThan(10 * 1024 * 1024);
  expect(orders).toMatchObject({
    cpuLimitCores: 0.5,
    memoryLimitBytes: 256 * 1024 * 1024,
  });

  // Nobody is left to answer: that is seen by the Service that was asked.
  await cluster.scale('orders', 0);
  await until(async () => {
    await (await ask('/')).text();
    return (last((await metrics()).workloads[0].errors) ?? 0) > 0.5;
  }, 60_000);

  const map = await health.getMap('system:default/shop', {
    environment: 'local',
    window: 'PT5M',
  });
  expect(map.edges).toEqual([
    expect.objectContaining({ from: 'unknown', to: REF, sources: ['traffic'] }),
  ]);
});
