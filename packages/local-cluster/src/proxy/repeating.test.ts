import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createPod,
  createService,
  freePort,
  serve,
  startFixture,
  until,
} from './testing/cluster-fixture.ts';

test('a request goes to another pod when one does not listen, also with a body', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const bodies: string[] = [];
  const port = await serve(t, (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      response.end('taken');
    });
  });
  createPod(store, { name: 'dead-1', port: await freePort() });
  createPod(store, { name: 'dead-2', port: await freePort() });
  createPod(store, { name: 'alive', port });
  const url = await urlOf('orders');
  const body = 'order '.repeat(50_000);
  for (let i = 0; i < 6; i += 1) {
    const response = await fetch(url, { method: 'POST', body });
    assert.equal(response.status, 200);
    assert.equal(await response.text(), 'taken');
  }
  assert.equal(bodies.length, 6);
  assert.ok(bodies.every(received => received === body));
});

test('when no pod listens the answer is 502 and names the pod and its PORT', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const port = await freePort();
  createPod(store, { name: 'dead', port });
  const response = await fetch(await urlOf('orders'), {
    method: 'POST',
    body: 'x',
  });
  assert.equal(response.status, 502);
  assert.deepEqual(await response.json(), {
    error: `pod dead behind service orders does not listen on its PORT ${port}`,
  });
});

test('a lost GET is asked once more, a lost POST is not: nobody knows whether it was done', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const seen: string[] = [];
  const port = await serve(t, (request, response) => {
    seen.push(request.method ?? '');
    if (seen.length % 2 === 1) request.socket.destroy();
    else response.end('second time');
  });
  createPod(store, { name: 'flaky', port });
  const url = await urlOf('orders');

  const got = await fetch(url);
  assert.equal(got.status, 200);
  assert.equal(await got.text(), 'second time');
  assert.deepEqual(seen, ['GET', 'GET']);

  const posted = await fetch(url, { method: 'POST', body: 'pay' });
  assert.equal(posted.status, 502);
  assert.match(
    await posted.text(),
    /pod flaky behind service orders broke the connection/,
  );
  assert.deepEqual(seen, ['GET', 'GET', 'POST']);
});

test('a pod that always breaks connections is not asked for ever', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  let asked = 0;
  const port = await serve(t, request => {
    asked += 1;
    request.socket.destroy();
  });
  createPod(store, { name: 'broken', port });
  assert.equal((await fetch(await urlOf('orders'))).status, 502);
  assert.equal(asked, 2);
});

test('a pod that does not begin to answer in time gives 504', async t => {
  const { store, proxy, urlOf } = await startFixture(t, {
    responseTimeoutMs: 50,
  });
  createService(store, 'orders');
  let released = false;
  const port = await serve(t, (_request, response) => {
    response.on('close', () => {
      released = true;
    });
  });
  const { uid } = createPod(store, { name: 'stuck', port });
  const response = await fetch(await urlOf('orders'));
  assert.equal(response.status, 504);
  assert.deepEqual(await response.json(), {
    error: 'pod stuck behind service orders did not answer within 0.05 s',
  });
  await proxy.drain(uid, 5_000);
  await until(() => released);
});
