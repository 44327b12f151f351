import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { test } from 'node:test';
import {
  createPod,
  createService,
  serve,
  startFixture,
  until,
} from './testing/cluster-fixture.ts';

test('a stream of events arrives as it is sent, its headers before its first byte', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  let send = (_text: string) => {};
  const port = await serve(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    send = text => response.write(text);
  });
  createPod(store, { name: 'a', port });
  const response = await fetch(await urlOf('orders'));
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  const reader = response.body?.getReader();
  for (const text of ['data: 1\n\n', 'data: 2\n\n']) {
    send(text);
    const part = await reader?.read();
    assert.equal(Buffer.from(part?.value ?? []).toString(), text);
  }
  await reader?.cancel();
});

test('a request body reaches the pod while it is still being sent', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const port = await serve(t, (request, response) => {
    request.on('data', chunk => response.write(chunk));
    request.on('end', () => response.end());
  });
  createPod(store, { name: 'echo', port });
  let heard = '';
  let ended = false;
  const outgoing = httpRequest(
    await urlOf('orders'),
    { method: 'POST' },
    response => {
      response.setEncoding('utf8').on('data', chunk => {
        heard += chunk;
      });
      response.on('end', () => {
        ended = true;
      });
    },
  );
  outgoing.write('first');
  await until(() => heard === 'first');
  outgoing.write('second');
  await until(() => heard === 'firstsecond');
  outgoing.end();
  await until(() => ended);
});

test('large bodies pass whole in both directions', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const port = await serve(t, (request, response) => request.pipe(response));
  createPod(store, { name: 'echo', port });
  const body = randomBytes(24 * 1024 * 1024);
  const response = await fetch(await urlOf('orders'), { method: 'PUT', body });
  const digest = (bytes: Uint8Array) =>
    createHash('sha256').update(bytes).digest('hex');
  assert.equal(
    digest(new Uint8Array(await response.arrayBuffer())),
    digest(body),
  );
});

test('a caller that reads slowly slows the pod down instead of filling the memory of the proxy', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  let sent = 0;
  const chunk = Buffer.alloc(256 * 1024);
  const port = await serve(t, (_request, response) => {
    const push = () => {
      while (sent < 400 * chunk.length) {
        sent += chunk.length;
        if (!response.write(chunk)) {
          response.once('drain', push);
          return;
        }
      }
      response.end();
    };
    push();
  });
  createPod(store, { name: 'firehose', port });
  const outgoing = httpRequest(await urlOf('orders'));
  outgoing.end();
  const response = await new Promise<import('node:http').IncomingMessage>(
    resolve => {
      outgoing.on('response', resolve);
    },
  );
  let before = -1;
  await until(() => {
    const still = sent === before && sent > 0;
    before = sent;
    return still;
  });
  assert.ok(
    sent < 50 * 1024 * 1024,
    `the pod could send ${sent} bytes that nobody read`,
  );
  let received = 0;
  for await (const part of response) received += part.length;
  assert.equal(received, 400 * chunk.length);
});

test('an answer that breaks off half way does not look whole to the caller', async t => {
  const { store, proxy, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const port = await serve(t, (request, response) => {
    response.write('half');
    setImmediate(() => request.socket.destroy());
  });
  createPod(store, { name: 'a', port });
  await assert.rejects(fetch(await urlOf('orders')).then(r => r.text()));
  const [{ code, flags }] = proxy.requests();
  assert.deepEqual([code, flags], [502, 'UC']);
});

test('a caller that goes away ends the work of the pod', async t => {
  const { store, proxy, urlOf } = await startFixture(t);
  createService(store, 'orders');
  let asked = false;
  let released = false;
  const port = await serve(t, (_request, response) => {
    asked = true;
    response.on('close', () => {
      released = true;
    });
  });
  createPod(store, { name: 'a', port });
  const abort = new AbortController();
  const call = fetch(await urlOf('orders'), { signal: abort.signal });
  await until(() => asked);
  abort.abort();
  await assert.rejects(call);
  await until(() => released);
  const [{ code, flags }] = proxy.requests();
  assert.deepEqual([code, flags], [0, 'DC']);
});

test('a pod may answer before it has read the request, and the caller gets that answer', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const port = await serve(t, (_request, response) => {
    response.writeHead(413);
    response.end('too much');
  });
  createPod(store, { name: 'a', port });
  const url = await urlOf('orders');
  const status = await new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method: 'POST' }, response =>
      resolve(response.statusCode),
    );
    t.after(() => outgoing.destroy());
    outgoing.on('error', reject);
    outgoing.write(Buffer.alloc(200_000));
  });
  assert.equal(status, 413);
});
