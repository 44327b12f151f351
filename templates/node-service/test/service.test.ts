import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { renderForTest } from './render-for-test.ts';

const parameters = {
  name: 'orders',
  description: `Takes "orders"; it's $(fine)`,
  owner: 'group:default/team-checkout',
  replicas: 2,
};

/** Starts the made service as the kubelet does; log lines are collected parsed. */
async function start(
  t: TestContext,
  root: string,
  env: Record<string, string> = {},
) {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const log: any[] = [];
  let stderr = '';
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  const seen = (msg: string) =>
    new Promise<any>((resolve, reject) => {
      const look = () => {
        const entry = log.find(line => line.msg === msg);
        if (entry) resolve(entry);
      };
      lines.on('line', look);
      exited.then(([code]) =>
        reject(new Error(`exited with ${code} before "${msg}": ${stderr}`)),
      );
      look();
    });
  lines.on('line', line => log.push(JSON.parse(line)));
  return { child, log, seen, exited, stderr: () => stderr };
}

test(
  'the made service passes its own tests and its type check',
  { timeout: 120_000 },
  async t => {
    const root = await renderForTest(t, parameters);
    const { NODE_TEST_CONTEXT: _ours, ...env } = process.env;
    const tests = spawnSync(process.execPath, ['--test', 'test/**/*.test.ts'], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    assert.equal(tests.status, 0, tests.stdout + tests.stderr);
    assert.match(tests.stdout, /pass [1-9]/);

    const require = createRequire(import.meta.url);
    const types = spawnSync(
      process.execPath,
      [
        require.resolve('typescript/bin/tsc'),
        '--typeRoots',
        typeRoots(require),
      ],
      { cwd: root, encoding: 'utf8' },
    );
    assert.equal(types.status, 0, types.stdout);
  },
);

function typeRoots(require: NodeJS.Require): string {
  return require
    .resolve('@types/node/package.json')
    .replace(/\/node\/package\.json$/, '');
}

test(
  'it answers, is measured, logs JSON and passes the trace on',
  { timeout: 60_000 },
  async t => {
    const root = await renderForTest(t, parameters);
    const service = await start(t, root);
    const { port } = await service.seen('listening');
    const url = `http://127.0.0.1:${port}`;
    for (const path of ['/startup', '/live', '/ready', '/health']) {
      assert.equal((await fetch(url + path)).status, 200, path);
    }
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const response = await fetch(url, {
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    });
    assert.deepEqual(await response.json(), {
      service: 'orders',
      version: '0.1.0',
    });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    assert.match(
      metrics,
      /http_requests_total\{method="GET",route="\/",status="200"\} 1/,
    );
    const line = await service.seen('request');
    assert.equal(line.traceId, traceId);
    assert.equal(line.level, 'info');
    assert.equal(line.status, 200);
    assert.ok(!Number.isNaN(Date.parse(line.time)));
    assert.equal(service.stderr(), '', 'nothing but JSON on standard output');
  },
);

test(
  'on SIGTERM it is not ready, serves on, finishes what is under way and exits with 0',
  { timeout: 60_000 },
  async t => {
    const root = await renderForTest(t, parameters);
    const service = await start(t, root, { SHUTDOWN_DELAY_MS: '400' });
    const { port } = await service.seen('listening');
    const url = `http://127.0.0.1:${port}`;

    // Its body is still on its way when the signal comes.
    const underWay = httpRequest(`${url}/`, {
      method: 'GET',
      headers: { 'content-length': '4' },
    });
    underWay.write('ab');
    const answered = once(underWay, 'response');

    service.child.kill('SIGTERM');
    await service.seen('shutting down');
    const ready = await fetch(`${url}/ready`);
    assert.equal(ready.status, 503);
    assert.deepEqual(await ready.json(), {
      ready: false,
      problems: { process: 'is shutting down' },
    });
    assert.equal(
      (await fetch(url)).status,
      200,
      'requests that still come are answered',
    );
    underWay.end('cd');
    const [response] = await answered;
    assert.equal(response.statusCode, 200);
    response.resume();

    const [code, signal] = await service.exited;
    assert.deepEqual([code, signal], [0, null]);
    assert.ok(service.log.some(({ msg }) => msg === 'stopped'));
  },
);

test(
  'an idle connection does not hold it up, and a second signal changes nothing',
  { timeout: 60_000 },
  async t => {
    const root = await renderForTest(t, parameters);
    const service = await start(t, root);
    const { port } = await service.seen('listening');
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    const startedMs = performance.now();
    service.child.kill('SIGTERM');
    service.child.kill('SIGINT');
    const [code] = await service.exited;
    assert.equal(code, 0);
    assert.ok(performance.now() - startedMs < 3_000);
  },
);

test('it says in its log why it cannot start', { timeout: 60_000 }, async t => {
  const root = await renderForTest(t, parameters);
  const first = await start(t, root);
  const { port } = await first.seen('listening');
  const second = await start(t, root, { PORT: String(port) });
  const [code] = await second.exited;
  assert.equal(code, 1);
  assert.equal(second.log[0].level, 'error');
  assert.match(second.log[0].msg, new RegExp(`cannot listen on port ${port}`));

  const third = await start(t, root, { PORT: 'http' });
  assert.deepEqual((await third.exited)[0], 1);
  assert.match(third.log[0].error.message, /PORT must be a whole number/);
});
