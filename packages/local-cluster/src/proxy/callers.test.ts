import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../types.ts';
import {
  createPod,
  createService,
  freePort,
  serve,
  startFixture,
  until,
} from './testing/cluster-fixture.ts';
import type { RequestCount } from './index.ts';

/** A pod of the Deployment `shop`, revision by its label. */
function createShopPod(
  store: Store,
  name: string,
  version: string,
  port: number,
) {
  const owned = (kind: string, ownerName: string, owner?: string) => {
    const key = {
      apiVersion: 'apps/v1',
      kind,
      namespace: 'default',
      name: ownerName,
    };
    return (
      store.get(key) ??
      store.create({
        apiVersion: 'apps/v1',
        kind,
        metadata: {
          namespace: 'default',
          name: ownerName,
          ownerReferences: owner
            ? [
                {
                  apiVersion: 'apps/v1',
                  kind: 'Deployment',
                  name: owner,
                  uid: owner,
                  controller: true,
                },
              ]
            : undefined,
        },
      })
    );
  };
  const set = owned('ReplicaSet', `shop-${version}`, 'shop');
  return createPod(store, {
    name,
    port,
    labels: { app: 'shop', version },
    owner: {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: set.metadata.name,
      uid: set.metadata.uid,
    },
  });
}

const total = (counts: RequestCount[]) =>
  counts.reduce((sum, { count }) => sum + count, 0);

test('each pod gets its own address of each Service, so its requests are counted as its workload', async t => {
  const { store, proxy, urlOf } = await startFixture(t);
  createService(store, 'orders');
  createService(store, 'price-list');
  const port = await serve(t, (request, response) => {
    response.statusCode = Number(
      new URL(request.url ?? '', 'http://x').searchParams.get('status') ?? 200,
    );
    response.end();
  });
  createPod(store, { name: 'orders-1', port });

  const callers = [
    createShopPod(store, 'shop-1', 'v1', await freePort()),
    createShopPod(store, 'shop-2', 'v1', await freePort()),
    createShopPod(store, 'shop-3', 'v2', await freePort()),
  ];
  const environments = await Promise.all(callers.map(pod => proxy.attach(pod)));
  assert.deepEqual(Object.keys(environments[0]).sort(), [
    'ORDERS_SERVICE_HOST',
    'ORDERS_SERVICE_PORT',
    'ORDERS_SERVICE_PORT_HTTP',
    'PRICE_LIST_SERVICE_HOST',
    'PRICE_LIST_SERVICE_PORT',
    'PRICE_LIST_SERVICE_PORT_HTTP',
  ]);
  const addresses = environments.map(
    env => `http://${env.ORDERS_SERVICE_HOST}:${env.ORDERS_SERVICE_PORT}`,
  );
  assert.equal(new Set(addresses).size, 3);

  for (const address of addresses)
    assert.equal((await fetch(address)).status, 200);
  assert.equal((await fetch(`${addresses[2]}/?status=404`)).status, 404);
  assert.equal((await fetch(await urlOf('orders'))).status, 200);

  const counts = [...proxy.requests()].filter(
    ({ service }) => service.name === 'orders',
  );
  const of = (workload: string, version: string) =>
    counts.filter(
      ({ source }) =>
        source.workload === workload && source.version === version,
    );
  assert.equal(total(of('shop', 'v1')), 2);
  assert.deepEqual(
    of('shop', 'v2').map(({ code, count }) => [code, count]),
    [
      [200, 1],
      [404, 1],
    ],
  );
  assert.equal(total(of('unknown', 'unknown')), 1);
  const [measured] = of('shop', 'v1');
  assert.equal(
    measured.perBucket.reduce((sum, count) => sum + count),
    2,
    'each request is in one bucket',
  );
  assert.equal(measured.destination?.workload, 'orders-1');
  assert.ok(measured.durationMsSum > 0);

  const refused = await fetch(
    `http://127.0.0.1:${environments[0].PRICE_LIST_SERVICE_PORT}`,
  );
  assert.equal(refused.status, 503);
  const unreached = [...proxy.requests()].find(({ code }) => code === 503);
  assert.equal(unreached?.flags, 'UH');
  assert.equal(unreached?.destination, undefined);
  assert.equal(unreached?.service.name, 'price-list');
});

test('a pod that ended cannot be mistaken for another: its addresses are gone', async t => {
  const { store, proxy } = await startFixture(t);
  createService(store, 'orders');
  const pod = createPod(store, {
    name: 'shop-1',
    port: await freePort(),
    labels: { app: 'shop' },
  });
  const env = await proxy.attach(pod);
  const address = `http://127.0.0.1:${env.ORDERS_SERVICE_PORT}`;
  assert.equal((await fetch(address)).status, 503);
  await proxy.detach(pod.uid);
  await assert.rejects(fetch(address));
});

test('a container that starts again finds its addresses unchanged, and those of Services made since', async t => {
  const { store, proxy } = await startFixture(t);
  createService(store, 'orders');
  const pod = createPod(store, {
    name: 'shop-1',
    port: await freePort(),
    labels: { app: 'shop' },
  });
  const before = await proxy.attach(pod);
  createService(store, 'payments');
  const after = await proxy.attach(pod);
  assert.equal(after.ORDERS_SERVICE_PORT, before.ORDERS_SERVICE_PORT);
  assert.equal(
    (await fetch(`http://127.0.0.1:${after.PAYMENTS_SERVICE_PORT}`)).status,
    503,
  );
});

test('a deleted Service is no longer reachable and leaves no endpoints', async t => {
  const { store, proxy, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const pod = createPod(store, { name: 'orders-1', port: await freePort() });
  const env = await proxy.attach(pod);
  const url = await urlOf('orders');
  store.remove({
    apiVersion: 'v1',
    kind: 'Service',
    namespace: 'default',
    name: 'orders',
  });
  await until(
    () =>
      store.list({ apiVersion: 'v1', kind: 'Endpoints' }).items.length === 0,
  );
  assert.equal(
    store.list({ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' })
      .items.length,
    0,
  );
  await assert.rejects(fetch(url));
  await assert.rejects(fetch(`http://127.0.0.1:${env.ORDERS_SERVICE_PORT}`));
});
