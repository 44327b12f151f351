import { startTestBackend, mockServices } from '@backstage/backend-test-utils';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  clustersServiceRef,
  imageBuildersServiceRef,
  type ClustersService,
  type ImageBuildersService,
} from '@ghostlight/plugin-clusters-node';
import type {
  HealthClient,
  HealthReport,
  LogStreamEvent,
} from '@ghostlight/plugin-health-common';
import { clientOf } from './__testUtils__/clientOf';
import { LocalCluster } from './__testUtils__/LocalCluster';
import { component, user } from './__testUtils__/entities';
import { testDatabase } from './__testUtils__/testDatabase';
import { healthPlugin } from './plugin';

jest.setTimeout(120_000);

const REF = 'component:default/orders';
const GOOD = `
  const server = require('node:http').createServer((request, response) => {
    if (request.url !== '/ready')
      console.log(JSON.stringify({ level: 30, msg: 'served ' + request.url, password: 'hunter2' }));
    response.end('ok');
  });
  server.listen(process.env.PORT, '127.0.0.1', () => console.log(JSON.stringify({ level: 30, msg: 'listening' })));
  process.on('SIGTERM', () => process.exit(0));
`;
const BAD = `
  console.log('starting');
  console.error('Error: no DATABASE_URL');
  process.exit(1);
`;

let cluster: LocalCluster;
let clusters: ClustersService;
let images: ImageBuildersService;
let health: HealthClient;
let stop: () => Promise<void>;

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
  const backend = await startTestBackend({
    features: [
      database,
      healthPlugin,
      keep,
      catalogServiceMock.factory({
        entities: [component('orders'), user('maya', 'Maya')],
      }),
      mockServices.events.factory(),
      mockServices.rootConfig.factory({ data: cluster.config }),
    ],
  });
  stop = () => backend.stop();
  health = clientOf(backend.server.port());
});

afterAll(async () => {
  await stop?.();
  await cluster?.stop();
});

/** Builds a commit of the service and applies it, as delivery does. */
async function deploy(code: string, replicas: number) {
  const repository = await cluster.commit({
    'ghostlight.yaml': 'run:\n  command: [node, main.js]\n',
    'main.js': code,
  });
  const { image } = await images.build('local', {
    name: 'orders',
    repo: { url: repository.url },
    sha: repository.sha,
    key: repository.sha,
  });
  const labels = { 'backstage.io/kubernetes-id': 'orders' };
  await clusters.apply(
    'local',
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'orders',
        labels,
        annotations: { 'ghostlight.dev/deployed-by': 'user:default/maya' },
      },
      spec: {
        replicas,
        selector: { matchLabels: { app: 'orders' } },
        template: {
          metadata: {
            labels: { ...labels, app: 'orders' },
            annotations: {
              'ghostlight.dev/commit': `orders@${repository.sha}`,
            },
          },
          spec: {
            containers: [
              {
                name: 'app',
                image,
                ports: [{ name: 'http', containerPort: 8080 }],
                readinessProbe: {
                  httpGet: { path: '/ready', port: 'http' },
                  periodSeconds: 1,
                },
                resources: { limits: { memory: '256Mi', cpu: '500m' } },
              },
            ],
          },
        },
      },
    },
    { fieldManager: 'ghostlight' },
  );
  return repository.sha;
}

const rollout = () =>
  clusters.waitForRollout(
    {
      environment: 'local',
      namespace: 'default',
      kind: 'Deployment',
      name: 'orders',
    },
    { timeoutMs: 60_000 },
  );

async function report(
  holds: (report: HealthReport) => boolean = () => true,
): Promise<HealthReport> {
  for (let attempt = 0; ; attempt++) {
    const seen = await health.getReport(REF);
    if (holds(seen)) {
      return seen;
    }
    if (attempt > 600) {
      throw new Error(`Never came true: ${holds}: ${JSON.stringify(seen)}`);
    }
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
}

it('tells the whole story of a service on a real cluster', async () => {
  // Nothing is deployed yet.
  expect(await report()).toMatchObject({
    status: 'unknown',
    problem: 'nothing-deployed',
    sentence: 'Unknown. Nothing of orders is deployed.',
    hint: expect.stringContaining('`backstage.io/kubernetes-id: orders`'),
  });

  // A first deploy.
  const sha = await deploy(GOOD, 2);
  expect(await rollout()).toEqual({ ok: true });
  const healthy = await report(
    ({ status, environments }) =>
      status === 'healthy' &&
      environments[0].workloads[0].pods.every(pod => pod.memory),
  );
  expect(healthy.sentence).toMatch(
    new RegExp(
      `^Healthy\\. 2 of 2 replicas ready\\. Last deploy \\d+ s ago \\(${sha.slice(
        0,
        7,
      )} by Maya\\)\\.$`,
    ),
  );
  const [workload] = healthy.environments[0].workloads;
  expect(workload.revision).toMatchObject({ commit: { repo: 'orders', sha } });
  expect(workload.pods[0]).toMatchObject({
    state: 'ready',
    restarts: 0,
    memory: { limitBytes: 256 * 1024 * 1024, bytes: expect.any(Number) },
  });
  expect(workload.pods[0].memory?.bytes).toBeGreaterThan(10 * 1024 * 1024);

  // Its events.
  const { events } = await health.getEvents(REF, 'local');
  expect(events.map(({ involved }) => involved.kind)).toEqual(
    expect.arrayContaining(['Deployment', 'Pod']),
  );

  // Its logs, live: the past of both replicas, then one that is added while we look.
  const seen: LogStreamEvent[] = [];
  const controller = new AbortController();
  const reading = (async () => {
    const stream = health.streamLogs(
      REF,
      { environment: 'local' },
      { signal: controller.signal },
    );
    for await (const event of stream) {
      seen.push(event);
    }
  })().catch(() => undefined);
  const lines = () =>
    seen.flatMap(event => (event.type === 'line' ? [event.line] : []));
  await report(() => lines().length === 2);
  expect(new Set(lines().map(({ pod }) => pod))).toEqual(
    new Set(workload.pods.map(({ name }) => name)),
  );
  expect(lines()[0]).toMatchObject({ level: 'info', n: 1 });
  await cluster.request(workload.pods[0].name);
  await report(() => lines().length === 3);
  expect(lines()[2].text).toContain('served /hello');
  expect(lines()[2].text).not.toContain('hunter2');
  await cluster.scale('orders', 3);
  await report(() =>
    lines().some(
      line =>
        line.pod !== workload.pods[0].name &&
        line.pod !== workload.pods[1].name,
    ),
  );
  controller.abort();
  await reading;
  const text = await (
    await health.downloadLogs(REF, { environment: 'local' })
  ).text();
  expect(text.match(/listening/g)).toHaveLength(3);

  // A deploy that crashes is given up early; what ran goes on.
  await deploy(BAD, 3);
  expect(await rollout()).toMatchObject({
    ok: false,
    reason: expect.stringMatching(
      /not ready: CrashLoopBackOff, it ended with an error \(exit 1\).*: Error: no DATABASE_URL$/,
    ),
  });
  const stuck = await report(({ sentence }) => sentence.includes('crashing'));
  expect(stuck.sentence).toMatch(
    /(is|are) crashing.*: it ended with an error \(exit 1\)/,
  );

  // The cluster goes away: what was known stays, and it says since when.
  await cluster.stop();
  const lost = await report(({ status }) => status === 'unknown');
  expect(lost.sentence).toMatch(
    /^Unknown\. Cluster local has been out of reach for \d+ s: .*\. Last known: (degraded|failing)\. /,
  );
  expect(lost.environments[0].cluster).toMatchObject({ reachable: false });
});
