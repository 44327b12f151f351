import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createPod,
  createService,
  serve,
  setReady,
  startFixture,
  until,
} from './testing/cluster-fixture.ts';

test('a drained pod gets nothing new at once and is let go when its last request is done', async t => {
  const { store, proxy, urlOf } = await startFixture(t);
  createService(store, 'orders');
  let finish: (() => void) | undefined;
  const port = await serve(t, (_request, response) => {
    finish = () => response.end('done');
  });
  const { uid } = createPod(store, { name: 'a', port });
  const url = await urlOf('orders');
  const underWay = fetch(url);
  await until(() => finish);

  let drained = false;
  const draining = proxy.drain(uid, 60_000).then(() => {
    drained = true;
  });
  const refused = await fetch(url);
  assert.equal(refused.status, 503);
  assert.match(await refused.text(), /0 of 1 ready/);
  assert.equal(drained, false);
  finish?.();
  assert.equal(await (await underWay).text(), 'done');
  await draining;
});

test('draining gives up waiting after the time it was given, and the request goes on', async t => {
  const { store, proxy, urlOf } = await startFixture(t);
  createService(store, 'orders');
  let finish: (() => void) | undefined;
  const port = await serve(t, (_request, response) => {
    finish = () => response.end('late but whole');
  });
  const { uid } = createPod(store, { name: 'a', port });
  const underWay = fetch(await urlOf('orders'));
  await until(() => finish);
  await proxy.drain(uid, 20);
  finish?.();
  assert.equal(await (await underWay).text(), 'late but whole');
});

test('requests that were under way when a pod was deleted are still waited for', async t => {
  const { store, proxy, urlOf } = await startFixture(t);
  createService(store, 'orders');
  let finish: (() => void) | undefined;
  const port = await serve(t, (_request, response) => {
    finish = () => response.end('done');
  });
  const { uid } = createPod(store, { name: 'a', port });
  const underWay = fetch(await urlOf('orders'));
  await until(() => finish);
  store.remove(
    { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'a' },
    { gracePeriodSeconds: 30 },
  );
  await new Promise(setImmediate);
  let drained = false;
  const draining = proxy.drain(uid, 60_000).then(() => {
    drained = true;
  });
  await new Promise(setImmediate);
  assert.equal(drained, false);
  finish?.();
  await underWay;
  await draining;
});

test('a pod that was drained to restart its container serves again once it is ready again', async t => {
  const { store, proxy, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const port = await serve(t, (_request, response) => response.end('back'));
  const { uid } = createPod(store, { name: 'a', port });
  const url = await urlOf('orders');
  await proxy.drain(uid, 0);
  assert.equal((await fetch(url)).status, 503);
  setReady(store, 'a', false);
  await new Promise(setImmediate);
  setReady(store, 'a', true);
  await new Promise(setImmediate);
  assert.equal(await (await fetch(url)).text(), 'back');
});

test('a drained pod keeps no idle connection of the proxy, which its server would wait for', async t => {
  const { store, proxy, urlOf } = await startFixture(t);
  createService(store, 'orders');
  let open = 0;
  const port = await serve(
    t,
    (_request, response) => response.end(),
    server => {
      // longer than any test: only the proxy can end them
      server.keepAliveTimeout = 600_000;
      server.on('connection', socket => {
        open += 1;
        socket.once('close', () => {
          open -= 1;
        });
      });
    },
  );
  const { uid } = createPod(store, { name: 'a', port });
  const url = await urlOf('orders');
  await Promise.all([fetch(url), fetch(url), fetch(url)]);
  assert.ok(open > 0);
  const startedMs = performance.now();
  await proxy.drain(uid, 1_000);
  await until(() => open === 0);
  assert.ok(performance.now() - startedMs < 1_000);
});
