import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { removeDatabase } from '../bin/lib/postgres.ts';

const root = resolve(import.meta.dirname, '..');
const port = 27207;
let data: string;

before(() => {
  data = mkdtempSync(join(tmpdir(), 'ghostlight-start-'));
  chmodSync(data, 0o755);
});
after(() => {
  removeDatabase(data);
  rmSync(data, { recursive: true, force: true });
});

/** A bin/start with what it has said so far. */
class Start {
  readonly process: ChildProcess;
  readonly exit: Promise<number | null>;
  said = '';
  #listeners: (() => void)[] = [];

  constructor(...args: string[]) {
    this.process = spawn(
      join(root, 'bin/start'),
      ['--data', data, '--port', String(port), '--no-examples', ...args],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.said += chunk.toString();
        for (const listener of this.#listeners) listener();
      });
    }
    this.exit = once(this.process, 'exit').then(([code]) => code);
  }

  async says(text: string): Promise<void> {
    await Promise.race([
      new Promise<void>(found => {
        const look = () => this.said.includes(text) && found();
        this.#listeners.push(look);
        look();
      }),
      this.exit.then(() => assert.ok(this.said.includes(text), this.said)),
    ]);
  }
}

/** Processes that belong to this test's data folder, found by their arguments or environment. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(pid => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        const state = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const zombie = state.slice(state.lastIndexOf(')') + 2).startsWith('Z');
        return (
          !zombie && (command.includes(folder) || environment.includes(folder))
        );
      } catch {
        return false;
      }
    });
}

test(
  'starts, refuses to start twice, recovers from kill -9, and Ctrl-C stops everything',
  { skip: process.platform !== 'linux' && 'reads /proc' },
  async () => {
    const first = new Start();
    await first.says('Ctrl-C stops everything');
    assert.ok(
      (await fetch(`http://localhost:${port}/`)).ok,
      'the portal is served',
    );

    const second = new Start();
    assert.equal(await second.exit, 0);
    assert.match(second.said, /runs already: http:\/\/localhost:27207/);

    first.process.kill('SIGKILL');
    await first.exit;
    assert.ok(
      processesOf(data).length > 0,
      'kill -9 left services behind, which is the case to recover from',
    );
    const third = new Start();
    await third.says('Ctrl-C stops everything');
    assert.match(third.said, /ended \d+ processes that an earlier start left/);
    assert.ok((await fetch(`http://localhost:${port}/`)).ok);

    third.process.kill('SIGINT');
    assert.equal(await third.exit, 0);
    assert.deepEqual(processesOf(data), []);
  },
);

test('a port that is taken is named, with what to do', async () => {
  const holder = createServer();
  holder.listen(port, '127.0.0.1');
  await once(holder, 'listening');
  try {
    const start = new Start();
    assert.equal(await start.exit, 1);
    assert.match(start.said, /Port 27207, needed for the portal, is taken/);
    assert.match(start.said, /bin\/start --port/);
  } finally {
    holder.close();
  }
});

test('--fresh without anybody to ask refuses and removes nothing', async () => {
  const before = readdirSync(data).sort();
  const start = new Start('--fresh');
  assert.equal(await start.exit, 1);
  assert.match(start.said, /Add --yes/);
  assert.deepEqual(readdirSync(data).sort(), before);
});

test('a wrong option is named', async () => {
  const start = new Start('--prot', '1');
  assert.equal(await start.exit, 1);
  assert.match(start.said, /prot/);
  assert.match(start.said, /--help/);
});
