import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Agent, request } from 'undici';
import { startTestCluster } from '../testing/index.ts';
import { DEPLOYMENT } from './kinds.ts';

const KEY = { ...DEPLOYMENT, namespace: 'default', name: 'web' };
const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  namespace: 'default',
  name: 'web',
};

/** Answers with its version after 5 ms, and ends when its last answer is out. */
const SERVER = {
  'ghostlight.yaml': 'run: {command: [node, server.js]}\n',
  'server.js': `
    const server = require('node:http').createServer((_, response) =>
      setTimeout(() => response.end(process.env.VERSION), 5));
    server.listen(process.env.PORT, '127.0.0.1');
    process.on('SIGTERM', () => server.close(() => process.exit(0)));`,
};

const spec = (image: string, version: string) => ({
  replicas: 2,
  selector: { matchLabels: { app: 'web' } },
  template: {
    metadata: { labels: { app: 'web' } },
    spec: {
      containers: [
        {
          name: 'main',
          image,
          env: [{ name: 'VERSION', value: version }],
          readinessProbe: { httpGet: { path: '/', port: 80 } },
        },
      ],
    },
  },
});

it('rolling updates lose no request under load', async t => {
  const cluster = await startTestCluster();
  t.after(() => cluster.stop());
  const { store } = cluster;
  const image = await cluster.buildImage('web', SERVER);
  const metadata = { name: 'web', namespace: 'default' };
  store.create({
    ...SERVICE,
    metadata,
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
  });
  store.create({ ...DEPLOYMENT, metadata, spec: spec(image, '1') });

  const rolledOut = () =>
    new Promise<void>(resolve => {
      let unwatch: () => void = () => undefined;
      const check = () => {
        const deployment = store.get(KEY);
        const status = Object(deployment?.status);
        if (
          status.observedGeneration !== deployment?.metadata.generation ||
          status.replicas !== 2 ||
          status.updatedReplicas !== 2 ||
          status.availableReplicas !== 2
        )
          return;
        unwatch();
        resolve();
      };
      unwatch = store.watch(DEPLOYMENT, check);
    });
  await rolledOut();

  const url = store.get(SERVICE)?.metadata.annotations?.['local-cluster/url'];
  assert.ok(url);
  const agent = new Agent({ connections: 16 });
  t.after(() => agent.close());
  const answers = new Map<string, number>();
  let over = false;
  const askOn = async () => {
    while (!over) {
      const { statusCode, body } = await request(url, { dispatcher: agent });
      const answer = `${statusCode} ${await body.text()}`;
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
  };
  const load = Promise.all(Array.from({ length: 16 }, askOn));
  for (const version of ['2', '3', '4']) {
    store.modify(KEY, current => ({ ...current, spec: spec(image, version) }));
    await rolledOut();
  }
  over = true;
  await load;
  assert.deepEqual([...answers.keys()].sort(), [
    '200 1',
    '200 2',
    '200 3',
    '200 4',
  ]);
});
