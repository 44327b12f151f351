import assert from 'node:assert/strict';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import {
  createPod,
  createService,
  freePort,
  serve,
  setReady,
  startFixture,
  until,
} from './testing/cluster-fixture.ts';

const textOf = async (url: string, init?: RequestInit) =>
  (await fetch(url, init)).text();

test('a Service is reached at its annotated address and shares requests among its ready pods', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  for (const name of ['a', 'b', 'c']) {
    const port = await serve(t, (_request, response) => response.end(name));
    createPod(store, { name, port, ready: name !== 'c' });
  }
  const url = await urlOf('orders');
  const answers = [];
  for (let i = 0; i < 6; i += 1) answers.push(await textOf(url));
  assert.equal(answers.filter(answer => answer === 'a').length, 3);
  assert.equal(answers.filter(answer => answer === 'b').length, 3);
});

test('a pod that is busy gets fewer requests than one that is not', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const held: (() => void)[] = [];
  const slow = await serve(t, (_request, response) => {
    held.push(() => response.end('slow'));
  });
  const fast = await serve(t, (_request, response) => response.end('fast'));
  createPod(store, { name: 'slow', port: slow });
  createPod(store, { name: 'fast', port: fast });
  const url = await urlOf('orders');
  const first = [textOf(url), textOf(url)];
  await until(() => held.length === 1);
  for (let i = 0; i < 4; i += 1) assert.equal(await textOf(url), 'fast');
  for (const release of held) release();
  await Promise.all(first);
});

test('without a ready pod the answer is 503 and says how many there are', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const port = await serve(t, (_request, response) => response.end('here'));
  createPod(store, { name: 'a', port, ready: false });
  createPod(store, { name: 'b', port: await freePort(), ready: false });
  const url = await urlOf('orders');
  const refused = await fetch(url);
  assert.equal(refused.status, 503);
  assert.deepEqual(await refused.json(), {
    error: 'no ready pod behind service orders (0 of 2 ready)',
  });

  setReady(store, 'a', true);
  await until(() =>
    store.get({
      apiVersion: 'v1',
      kind: 'Endpoints',
      namespace: 'default',
      name: 'orders',
    }),
  );
  assert.equal(await textOf(url), 'here');

  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: 'default',
    name: 'a',
  };
  store.remove(pod, { gracePeriodSeconds: 30 });
  await Promise.resolve();
  const ending = await fetch(url);
  assert.equal(
    ending.status,
    503,
    'a pod that was asked to end gets nothing more',
  );
  assert.deepEqual(await ending.json(), {
    error: 'no ready pod behind service orders (0 of 1 ready)',
  });
});

test('a Service without a selector says so', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders', {});
  createPod(store, { name: 'a', port: await freePort() });
  const refused = await fetch(await urlOf('orders'));
  assert.equal(refused.status, 503);
  assert.match(await refused.text(), /service orders has no selector/);
});

test('method, path, query, headers and status pass as they are; hop-by-hop headers do not', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const port = await serve(t, (request, response) => {
    response.writeHead(418, 'Short and stout', {
      'set-cookie': ['a=1', 'b=2'],
      connection: 'x-secret-hop',
      'x-secret-hop': 'between us',
    });
    response.end(
      JSON.stringify({
        url: request.url,
        method: request.method,
        headers: request.headers,
      }),
    );
  });
  createPod(store, { name: 'a', port });
  const url = new URL(await urlOf('orders'));
  const response = await new Promise<{
    status?: number;
    message?: string;
    headers: NodeJS.Dict<string | string[]>;
    body: string;
  }>((resolve, reject) => {
    httpRequest(
      {
        host: url.hostname,
        port: url.port,
        method: 'PATCH',
        path: '/a%20b?c=%2F&c=2',
        headers: {
          host: 'orders.example',
          'x-forwarded-for': '10.0.0.9',
          connection: 'keep-alive, x-hop',
          'x-hop': 'mine',
          te: 'trailers',
          'x-name': 'value',
        },
      },
      incoming => {
        let body = '';
        incoming.setEncoding('utf8').on('data', chunk => {
          body += chunk;
        });
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode,
            message: incoming.statusMessage,
            headers: incoming.headers,
            body,
          }),
        );
      },
    )
      .on('error', reject)
      .end();
  });
  assert.equal(response.status, 418);
  assert.equal(response.message, 'Short and stout');
  assert.deepEqual(response.headers['set-cookie'], ['a=1', 'b=2']);
  assert.equal(response.headers['x-secret-hop'], undefined);
  const seen = JSON.parse(response.body);
  assert.equal(seen.method, 'PATCH');
  assert.equal(seen.url, '/a%20b?c=%2F&c=2');
  assert.equal(seen.headers.host, 'orders.example');
  assert.equal(seen.headers['x-name'], 'value');
  assert.equal(seen.headers['x-hop'], undefined);
  assert.equal(seen.headers.te, undefined);
  assert.equal(seen.headers['x-forwarded-for'], '10.0.0.9, 127.0.0.1');
  assert.equal(seen.headers['x-forwarded-proto'], 'http');
  assert.equal(seen.headers['x-forwarded-host'], 'orders.example');
});

test('what cannot be carried is refused by name', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  createPod(store, {
    name: 'a',
    port: await serve(t, (_request, response) => response.end()),
  });
  const { port } = new URL(await urlOf('orders'));
  const say = (text: string) =>
    new Promise<string>((resolve, reject) => {
      let answer = '';
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(text),
      );
      socket.setEncoding('utf8').on('data', chunk => {
        answer += chunk;
      });
      socket.on('end', () => resolve(answer)).on('error', reject);
    });
  const connected = await say('CONNECT db:5432 HTTP/1.1\r\nhost: db\r\n\r\n');
  assert.match(connected, /^HTTP\/1\.1 405 /);
  assert.match(connected, /CONNECT is not carried: service orders speaks HTTP/);
  const star = await say(
    'OPTIONS * HTTP/1.1\r\nhost: orders\r\nconnection: close\r\n\r\n',
  );
  assert.match(star, /^HTTP\/1\.1 400 /);
  const absolute = await say(
    'GET http://orders/x HTTP/1.1\r\nhost: orders\r\nconnection: close\r\n\r\n',
  );
  assert.match(absolute, /^HTTP\/1\.1 200 /);
  const nonsense = await say('no http at all\r\n\r\n');
  assert.match(nonsense, /^HTTP\/1\.1 400 /);
});

test('the address survives a restart, and moves when somebody else has taken the port', async t => {
  const first = await startFixture(t);
  createService(first.store, 'orders');
  const before = await first.urlOf('orders');
  await first.proxy.stop();

  const again = await startFixture(t, {
    dataDir: first.dataDir,
    store: first.store,
  });
  assert.equal(await again.urlOf('orders'), before);
  assert.equal((await fetch(before)).status, 503);
  await again.proxy.stop();

  const squatter = createServer();
  await new Promise<void>(resolve => {
    squatter.listen(Number(new URL(before).port), '127.0.0.1', resolve);
  });
  t.after(() => squatter.close());
  const moved = await startFixture(t, {
    dataDir: first.dataDir,
    store: first.store,
  });
  const after = await until(() => {
    const url = moved.store.get({
      apiVersion: 'v1',
      kind: 'Service',
      namespace: 'default',
      name: 'orders',
    })?.metadata.annotations?.['local-cluster/url'];
    return url !== before && url;
  });
  assert.equal((await fetch(after)).status, 503);
});
