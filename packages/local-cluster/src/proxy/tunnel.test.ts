import assert from 'node:assert/strict';
import { type Socket, connect } from 'node:net';
import { test } from 'node:test';
import {
  createPod,
  createService,
  freePort,
  serve,
  startFixture,
  until,
} from './testing/cluster-fixture.ts';

const UPGRADE =
  'GET /chat HTTP/1.1\r\nhost: orders\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-key: abc\r\n\r\n';

/** Speaks raw bytes to a Service and remembers what came back. */
function dial(url: string) {
  const state = { heard: '', closed: false };
  const socket: Socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.setEncoding('utf8');
  socket.on('data', chunk => {
    state.heard += chunk;
  });
  socket.on('close', () => {
    state.closed = true;
  });
  return { socket, state };
}

test('an upgraded connection carries bytes both ways and counts as a request under way', async t => {
  const { store, proxy, urlOf } = await startFixture(t);
  createService(store, 'orders');
  let key: string | undefined;
  const port = await serve(
    t,
    (_request, response) => response.end(),
    server =>
      server.on('upgrade', (request, socket) => {
        key = request.headers['sec-websocket-key'];
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\nhello ',
        );
        socket.on('data', data => socket.write(`echo:${data}`));
        socket.on('end', () => socket.end());
      }),
  );
  const { uid } = createPod(store, { name: 'chat', port });
  const { socket, state } = dial(await urlOf('orders'));
  socket.write(UPGRADE);
  await until(() => state.heard.includes('hello '));
  assert.match(state.heard, /^HTTP\/1\.1 101 Switching Protocols\r\n/);
  assert.match(state.heard, /upgrade: websocket/i);
  assert.equal(key, 'abc');
  socket.write('ping');
  await until(() => state.heard.endsWith('echo:ping'));

  let drained = false;
  const draining = proxy.drain(uid, 10_000).then(() => {
    drained = true;
  });
  socket.write('pong');
  await until(() => state.heard.endsWith('echo:pong'));
  assert.equal(drained, false);
  socket.end();
  await draining;
  await until(() => state.closed);
  const [{ code, destination }] = proxy.requests();
  assert.equal(code, 101);
  assert.equal(destination?.workload, 'chat');
});

test('a pod that does not upgrade answers as it likes', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const port = await serve(t, (_request, response) => {
    response.writeHead(426);
    response.end('no sockets here');
  });
  createPod(store, { name: 'plain', port });
  const { socket, state } = dial(await urlOf('orders'));
  socket.write(UPGRADE);
  await until(() => state.closed);
  assert.match(state.heard, /^HTTP\/1\.1 426 /);
  assert.match(state.heard, /no sockets here/);
});

test('an upgrade that no pod can take is refused with the reason', async t => {
  const { store, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const url = await urlOf('orders');
  const nobody = dial(url);
  nobody.socket.write(UPGRADE);
  await until(() => nobody.state.closed);
  assert.match(nobody.state.heard, /^HTTP\/1\.1 503 /);
  assert.match(
    nobody.state.heard,
    /no ready pod behind service orders \(0 of 0 ready\)/,
  );

  createPod(store, { name: 'dead', port: await freePort() });
  await Promise.resolve();
  const dead = dial(url);
  dead.socket.write(UPGRADE);
  await until(() => dead.state.closed);
  assert.match(dead.state.heard, /^HTTP\/1\.1 502 /);
  assert.match(dead.state.heard, /pod dead behind service orders/);
});

test('stopping the proxy ends upgraded connections too', async t => {
  const { store, proxy, urlOf } = await startFixture(t);
  createService(store, 'orders');
  const port = await serve(
    t,
    (_request, response) => response.end(),
    server =>
      server.on('upgrade', (_request, socket) => {
        socket.on('error', () => {});
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n',
        );
      }),
  );
  createPod(store, { name: 'chat', port });
  const { socket, state } = dial(await urlOf('orders'));
  socket.on('error', () => {});
  socket.write(UPGRADE);
  await until(() => state.heard.includes('101'));
  await proxy.stop();
  await until(() => state.closed);
});
