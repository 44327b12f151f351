import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { createApp } from '../src/chassis/app.js';
import { addressOf, createCaller } from '../src/chassis/call.js';
import { Settings } from '../src/chassis/config.js';
import { createLog } from '../src/chassis/log.js';
import { Registry, addProcessMetrics } from '../src/chassis/metrics.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

async function listen(t, parts = {}) {
  const lines = [];
  const registry = new Registry();
  addProcessMetrics(registry);
  const app = createApp({
    name: 'test',
    version: '1.0.0',
    log: createLog({ service: 'test', write: line => lines.push(line) }),
    registry,
    routes: { 'GET /things/:id': ({ params }) => ({ body: params }) },
    checks: {},
    ...parts,
  });
  app.server.listen(0, '127.0.0.1');
  await once(app.server, 'listening');
  t.after(() => app.server.close());
  const { port } = app.server.address();
  const env = { TEST_SERVICE_HOST: '127.0.0.1', TEST_SERVICE_PORT: `${port}` };
  const call = createCaller({ env, registry: new Registry() });
  return { app, call, lines, url: `http://127.0.0.1:${port}` };
}

test('every probe answers, and not ready says why', async t => {
  const { url, app } = await listen(t);
  for (const path of ['/startup', '/live', '/ready', '/health']) {
    assert.equal((await fetch(url + path)).status, 200, path);
  }
  app.beginShutdown();
  const response = await fetch(`${url}/ready`);
  assert.equal(response.status, 503);
  assert.match(await response.text(), /is shutting down/);
});

test('requests are counted by route, whatever the path', async t => {
  const { url } = await listen(t);
  for (const path of ['/things/1', '/things/2', '/no/"such'])
    await fetch(url + path);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  assert.match(
    metrics,
    /^http_requests_total\{method="GET",route="\/things\/:id",status="200"\} 2$/m,
  );
  assert.match(metrics, /route="unknown",status="404"\} 1$/m);
  assert.match(metrics, /_bucket\{method="GET",route="[^"]+",le="\+Inf"\} 2$/m);
  assert.match(metrics, /^process_resident_memory_bytes \d+$/m);
});

test('the trace of the caller goes on, also in the log', async t => {
  const { url, lines } = await listen(t);
  const traceparent = `00-${TRACE_ID}-00f067aa0ba902b7-01`;
  const { headers } = await fetch(`${url}/things/1`, {
    headers: { traceparent },
  });
  const { trace_id, span_id, ...line } = JSON.parse(lines[0]);
  assert.equal(trace_id, TRACE_ID);
  assert.equal(headers.get('traceparent'), `00-${TRACE_ID}-${span_id}-01`);
  assert.equal(line.msg, 'request');
  assert.equal(line.route, '/things/:id');
});

test('an error is 500, in the log with its stack, and ends nothing', async t => {
  const routes = {
    'GET /fails': () => {
      throw new Error('a bug');
    },
  };
  const { url, lines } = await listen(t, { routes });
  assert.equal((await fetch(`${url}/fails`)).status, 500);
  const { level, error } = JSON.parse(lines[0]);
  assert.equal(level, 'error');
  assert.match(error.stack, /a bug/);
  assert.equal((await fetch(`${url}/live`)).status, 200);
});

test('a call ends after its time limit, and its answer is read', async t => {
  const routes = {
    'GET /never': () => new Promise(() => {}),
    'POST /echo': ({ body }) => ({ status: 201, body }),
  };
  const { app, call } = await listen(t, { routes });
  t.after(() => app.server.closeAllConnections());
  await assert.rejects(call('test', '/never', { timeoutMs: 30 }), {
    reason: 'timeout',
  });
  const body = { a: [1] };
  const answer = await call('test', '/echo', { method: 'POST', body });
  assert.deepEqual(answer, body);
  await assert.rejects(call('test', '/none'), {
    reason: 'answer',
    status: 404,
  });
});

test('another service is found by the variables of the cluster, else by its name', () => {
  const env = {
    PRICE_LIST_SERVICE_HOST: '10.0.0.7',
    PRICE_LIST_SERVICE_PORT: '8081',
  };
  assert.equal(addressOf('price-list', env), 'http://10.0.0.7:8081');
  assert.equal(addressOf('payments', env), 'http://payments');
});

test('a setting that makes no sense is named', () => {
  const settings = new Settings({ PORT: 'http', SHARE: '0.5' });
  assert.throws(() => settings.whole('PORT', 8080), /PORT must be a whole/);
  assert.equal(settings.number('SHARE', 1), 0.5);
  assert.equal(settings.whole('OTHER', 7), 7);
});
