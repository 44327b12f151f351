import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { eventually } from '../cluster-fixture.ts';
import { LinuxProcessTable } from './linux-process-table.ts';
import { ProcessGuard } from './process-guard.ts';
import type { ProcessTable } from './process-table.ts';
import { PsProcessTable } from './ps-process-table.ts';
import { CannotRunError, startProcess } from './start-process.ts';

const BUSY = `const child = require('node:child_process').spawn('sleep', ['1000']);
  process.stdout.write('up');
  for (;;) Math.sqrt(2);`;

const tables: [string, () => ProcessTable, boolean][] = [
  ['/proc', () => new LinuxProcessTable(), existsSync('/proc/self/stat')],
  ['ps', () => new PsProcessTable(), true],
];

for (const [source, open, available] of tables) {
  describe(`what ${source} tells of processes`, { skip: !available }, () => {
    it('is who they are, what they were started with and what they use', async () => {
      const table = open();
      const marker = `MARK_${source.replace('/', '')}_${process.pid}`;
      const child = spawn(process.execPath, ['-e', BUSY], {
        detached: true,
        env: { PATH: process.env.PATH, [marker]: 'yes' },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const pid = child.pid!;
      await once(child.stdout, 'data');
      const usage = await eventually(() => {
        const now = table.usage(pid);
        return now.cpuSeconds > 0.05 && now.pids.length === 2 && now;
      });
      assert.ok(usage.pids.includes(pid));
      const mib = usage.memoryBytes / 2 ** 20;
      assert.ok(mib > 20 && mib < 200, `${mib} MiB`);
      assert.ok(table.startedWith(`${marker}=yes`).includes(pid));
      assert.deepEqual(table.startedWith(`${marker}=ye`), []);
      assert.ok(table.identity(pid));
      assert.equal(table.identity(pid), table.identity(pid));
      assert.notEqual(table.identity(pid), table.identity(process.pid));
      process.kill(-pid, 'SIGKILL');
      await once(child, 'exit');
      assert.equal(table.identity(pid), undefined);
    });
  });
}

describe('startProcess', () => {
  const start = async (argv: string[], cwd = '/') => {
    const guard = new ProcessGuard();
    try {
      const started = await startProcess({
        argv,
        cwd,
        env: { PATH: process.env.PATH ?? '' },
        guard,
      });
      started.stdout.resume();
      started.stderr.resume();
      return await started.exited;
    } finally {
      await guard.stop();
    }
  };

  it('tells exit codes, and signals as 128 and their number', async () => {
    assert.deepEqual(await start(['sh', '-c', 'exit 3']), { code: 3 });
    assert.deepEqual(await start(['sh', '-c', 'kill -TERM $$']), {
      code: 143,
      signal: 'SIGTERM',
    });
  });

  it('says why a program cannot be started', async () => {
    const table: [string[], string, RegExp][] = [
      [
        ['no-such-program'],
        '/',
        /"no-such-program": executable file not found/,
      ],
      [['/etc/passwd'], '/', /permission denied/],
      [
        ['sh'],
        '/no/such/folder',
        /working directory \/no\/such\/folder does not/,
      ],
      [['sh', 'a\0b'], '/', /null bytes/],
      [[], '/', /the command is empty/],
    ];
    for (const [argv, cwd, message] of table) {
      await assert.rejects(start(argv, cwd), error => {
        assert.ok(error instanceof CannotRunError);
        assert.match(error.message, message);
        return true;
      });
    }
  });

  it('ends although a stray grandchild keeps the output open', async () => {
    const exit = await start([
      process.execPath,
      '-e',
      `require('node:child_process').spawn('sleep', ['3'], {detached: true, stdio: 'inherit'}).unref()`,
    ]);
    assert.deepEqual(exit, { code: 0 });
  });
});
