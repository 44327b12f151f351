import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SqliteStore } from '../store/index.ts';
import { systemClock } from '../system-clock.ts';
import type { Store } from '../types.ts';
import {
  createPod,
  createService,
  setReady,
  startFixture,
  tempDir,
  until,
} from './testing/cluster-fixture.ts';

test('Endpoints and EndpointSlices show which pods stand behind a Service, and follow them', async t => {
  const { store } = await startFixture(t);
  const service = createService(store, 'orders');
  createPod(store, { name: 'a', port: 20_001 });
  createPod(store, { name: 'b', port: 20_002, ready: false });
  createPod(store, { name: 'other', port: 20_003, labels: { app: 'other' } });
  const endpoints = () =>
    store.get({
      apiVersion: 'v1',
      kind: 'Endpoints',
      namespace: 'default',
      name: 'orders',
    });
  const slices = () =>
    store.list({ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' })
      .items;

  const written = await until(() => slices().length === 2 && endpoints());
  assert.equal(written.metadata.ownerReferences?.[0].uid, service.metadata.uid);
  const port = (number: number) => [
    { name: 'http', port: number, protocol: 'TCP' },
  ];
  assert.deepEqual(
    JSON.parse(JSON.stringify(written.subsets), (key, value) =>
      key === 'targetRef' ? value.name : value,
    ),
    [
      {
        addresses: [{ ip: '127.0.0.1', nodeName: 'local', targetRef: 'a' }],
        ports: port(20_001),
      },
      {
        notReadyAddresses: [
          { ip: '127.0.0.1', nodeName: 'local', targetRef: 'b' },
        ],
        ports: port(20_002),
      },
    ],
  );
  for (const slice of slices()) {
    assert.equal(
      slice.metadata.labels?.['kubernetes.io/service-name'],
      'orders',
    );
    assert.equal(slice.addressType, 'IPv4');
  }

  setReady(store, 'b', true);
  await until(
    () => JSON.stringify(endpoints()).match(/"addresses"/g)?.length === 2,
  );
  store.remove({
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: 'default',
    name: 'a',
  });
  await until(() => slices().length === 1);
  assert.deepEqual(slices()[0].ports, port(20_002));
});

test('nothing is written while nothing changes', async t => {
  const { store } = await startFixture(t);
  createService(store, 'orders');
  createPod(store, { name: 'a', port: 20_001 });
  const slice = () =>
    store.list({ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' })
      .items[0];
  const before = await until(slice);
  store.modify(
    { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'a' },
    pod => ({
      ...pod,
      metadata: {
        ...pod.metadata,
        annotations: { ...pod.metadata.annotations, note: 'x' },
      },
    }),
  );
  await Promise.resolve();
  await new Promise(setImmediate);
  assert.equal(
    slice().metadata.resourceVersion,
    before.metadata.resourceVersion,
  );
});

test('a change that cannot be written is reported, and the next one is followed', async t => {
  const dataDir = tempDir(t);
  const real = SqliteStore.open({ dataDir, clock: systemClock });
  let full = true;
  const store: Store = {
    get: key => real.get(key),
    list: scope => real.list(scope),
    update: (object, options) => real.update(object, options),
    modify: (key, change) => real.modify(key, change),
    remove: (key, options) => real.remove(key, options),
    watch: (scope, listener, since) => real.watch(scope, listener, since),
    create(object) {
      if (full && object.kind === 'Endpoints') throw new Error('disk full');
      return real.create(object);
    },
  };
  const errors: Error[] = [];
  await startFixture(t, {
    dataDir,
    store,
    onError: error => errors.push(error),
  });
  createService(store, 'orders');
  await until(() => errors.length > 0);
  assert.match(
    errors[0].message,
    /the Services of default could not follow a change/,
  );
  full = false;
  createPod(store, { name: 'a', port: 20_001 });
  await until(
    () => real.list({ apiVersion: 'v1', kind: 'Endpoints' }).items.length === 1,
  );
});
