import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { createLog } from '../src/log.ts';
import { type AppParts, createApp } from '../src/server.ts';
import { routes } from '../src/routes.ts';
import { service } from '../src/service.ts';

async function listen(t: TestContext, parts: Partial<AppParts> = {}) {
  const lines: string[] = [];
  const app = createApp({
    log: createLog('info', line => lines.push(line)),
    routes,
    checks: {},
    ...parts,
  });
  app.server.listen(0);
  await once(app.server, 'listening');
  t.after(() => app.server.close());
  const address = app.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { app, lines, url: `http://127.0.0.1:${port}` };
}

test('it says who it is', async t => {
  const { url } = await listen(t);
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { service: service.name, version: service.version });
});

test('every probe answers', async t => {
  const { url } = await listen(t);
  for (const path of ['/startup', '/live', '/ready', '/health']) {
    assert.equal((await fetch(url + path)).status, 200, path);
  }
});

test('it is not ready while something it needs is missing, and says what', async t => {
  const { url } = await listen(t, {
    checks: {
      database: () => Promise.reject(new Error('connection refused')),
      cache: () => Promise.resolve(),
    },
  });
  const response = await fetch(`${url}/ready`);
  assert.equal(response.status, 503);
  assert.deepEqual(await response.json(), {
    ready: false,
    problems: { database: 'connection refused' },
  });
  assert.equal((await fetch(`${url}/live`)).status, 200, 'restarting it would not help');
});

test('it is not ready once it shuts down, and still answers', async t => {
  const { app, url } = await listen(t);
  app.beginShutdown();
  assert.equal((await fetch(`${url}/ready`)).status, 503);
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('connection'), 'close');
});

test('requests are counted and timed by route, whatever the path', async t => {
  const { url } = await listen(t);
  await fetch(url);
  await fetch(`${url}/?page=2`);
  await fetch(`${url}/no/such/"path`);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  assert.match(metrics, /^http_requests_total\{method="GET",route="\/",status="200"\} 2$/m);
  assert.match(metrics, /^http_requests_total\{method="GET",route="unknown",status="404"\} 1$/m);
  assert.match(
    metrics,
    /^http_request_duration_seconds_bucket\{method="GET",route="\/",le="\+Inf"\} 2$/m,
  );
  assert.match(metrics, /^process_resident_memory_bytes \d+$/m);
  for (const line of metrics.trimEnd().split('\n')) {
    assert.match(line, /^(# (HELP|TYPE) .+|[a-z_0-9]+(\{.+\})? [-+.0-9e]+)$/);
  }
});

test('an error is answered with 500, logged with its trace, and does not end the process', async t => {
  const { url, lines } = await listen(t, {
    routes: {
      'GET /fails': () => {
        throw new Error('bug');
      },
    },
  });
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const response = await fetch(`${url}/fails`, {
    headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
  });
  assert.equal(response.status, 500);
  assert.match(response.headers.get('traceparent') ?? '', new RegExp(traceId));
  assert.doesNotMatch(await response.text(), /bug/);
  const logged = lines.map(line => JSON.parse(line)).find(({ level }) => level === 'error');
  assert.equal(logged.error.message, 'bug');
  assert.equal(logged.traceId, traceId);
  assert.equal((await fetch(`${url}/live`)).status, 200);
});

test('unknown paths and names of object members are 404', async t => {
  const { url } = await listen(t);
  assert.equal((await fetch(`${url}/nothing`)).status, 404);
  assert.equal((await fetch(`${url}/constructor`)).status, 404);
  assert.equal((await fetch(url, { method: 'DELETE' })).status, 404);
});
