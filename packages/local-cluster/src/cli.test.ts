import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { explain } from './cli/explain.ts';
import { Output } from './testing/index.ts';

const CLI = join(import.meta.dirname, 'cli.ts');

function dataFolder(t: TestContext): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'local-cluster-cli-'));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

function run(t: TestContext, ...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, [CLI, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  return { child, output: new Output(child), exited: once(child, 'exit') };
}

async function start(t: TestContext, dataDir: string) {
  const started = run(t, 'start', '--data', dataDir, '--port', '0');
  await started.output.until(
    /local-cluster ready on https:\/\/127\.0\.0\.1:\d+/,
  );
  const [, port] = /127\.0\.0\.1:(\d+)/.exec(started.output.text) ?? [];
  const token = readFileSync(join(dataDir, 'token'), 'utf8').trim();
  const request = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
    });
  return { ...started, port, request };
}

it('writes its access files for this user alone, answers, and ends cleanly on SIGTERM', async t => {
  const dataDir = dataFolder(t);
  const { child, port, exited } = await start(t, dataDir);
  assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);
  for (const file of [
    'kubeconfig',
    'token',
    'certificates.json',
    'cluster.sqlite',
  ]) {
    assert.equal(statSync(join(dataDir, file)).mode & 0o777, 0o600, file);
  }
  child.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null]);
});

it('keeps its objects, token and certificate over a kill -9', async t => {
  const dataDir = dataFolder(t);
  const first = await start(t, dataDir);
  const body = JSON.stringify({ metadata: { name: 'kept' }, data: { k: 'v' } });
  const path = '/api/v1/namespaces/default/configmaps';
  const { status } = await first.request(path, { method: 'POST', body });
  assert.equal(status, 201);
  const files = ['token', 'ca.crt'];
  const read = () =>
    files.map(file => readFileSync(join(dataDir, file), 'utf8'));
  const before = read();
  first.child.kill('SIGKILL');
  await first.exited;
  const second = await start(t, dataDir);
  assert.deepEqual(read(), before);
  const kept = await (await second.request(`${path}/kept`)).json();
  assert.deepEqual(Object(kept).data, { k: 'v' });
  second.child.kill('SIGINT');
  assert.deepEqual(await second.exited, [0, null]);
});

it('does not start twice on one folder, and names the process that has it', async t => {
  const dataDir = dataFolder(t);
  const { child } = await start(t, dataDir);
  const second = run(t, 'start', '--data', dataDir, '--port', '0');
  assert.deepEqual(await second.exited, [1, null]);
  assert.match(
    second.output.text,
    new RegExp(`is in use by .* process id ${child.pid}:.*--data`),
  );
});

it('names who has the port, and leaves the folder free', async t => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  const { port } = address;
  const dataDir = dataFolder(t);
  const { exited, output } = run(
    t,
    'start',
    '--data',
    dataDir,
    '--port',
    String(port),
  );
  assert.deepEqual(await exited, [1, null]);
  const holder =
    process.platform === 'linux'
      ? `process ${process.pid} `
      : 'another process';
  assert.match(output.text, new RegExp(`Port ${port} is taken by ${holder}`));
  assert.match(output.text, /--port/);
  await start(t, dataDir);
});

it('says what is wrong with the command line, and helps', async t => {
  const cases: [string[], number, RegExp][] = [
    [[], 2, /Name a command: start/],
    [['stop'], 2, /"stop" is not a command/],
    [['start'], 2, /--data is missing/],
    [
      ['start', '--data', 'x', '--port', 'http'],
      2,
      /--port http: must be a number/,
    ],
    [
      ['start', '--data', 'x', '--scrape-interval', '10'],
      2,
      /--scrape-interval 10: must be a duration from 1s to 5m/,
    ],
    [['start', '--dta', 'x'], 2, /Unknown option '--dta'/],
    [['--help'], 0, /Usage: local-cluster start --data DIR/],
  ];
  for (const [args, code, message] of cases) {
    const { exited, output } = run(t, ...args);
    assert.deepEqual(await exited, [code, null], args.join(' '));
    assert.match(output.text, message);
  }
});

it('says what to do about a folder that cannot be used', async t => {
  const dataDir = dataFolder(t);
  const file = join(dataDir, 'file');
  writeFileSync(file, '');
  const { exited, output } = run(t, 'start', '--data', join(file, 'inside'));
  assert.deepEqual(await exited, [1, null]);
  assert.match(output.text, /cannot be used as the data folder.*--data/);
  const full = explain(Object.assign(new Error('write'), { code: 'ENOSPC' }), {
    port: 1,
    dataDir,
  });
  assert.match(full, /disk that holds .* is full.*Free some space/);
});

it('takes a folder over whose lock was left by a process that is gone', async t => {
  const dataDir = dataFolder(t);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(
    join(dataDir, 'lock'),
    JSON.stringify({
      pid: process.pid,
      identity: 'an earlier process with this number',
    }),
  );
  await start(t, dataDir);
});
