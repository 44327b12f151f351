import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { systemClock } from '../system-clock.ts';
import { SqliteStore } from './sqlite-store.ts';

const WRITER = join(import.meta.dirname, 'testing', 'write-until-killed.ts');

it('refuses a write that finds no room, and keeps what it has', t => {
  const dataDir = mkdtempSync(join(tmpdir(), 'local-cluster-full-'));
  t.after(() => rmSync(dataDir, { recursive: true }));
  // Files of at most 2000 blocks stand for a full disk; the signal that comes with it is ignored, so that the write fails.
  const { stdout, stderr } = spawnSync(
    'sh',
    [
      '-c',
      'trap "" XFSZ; ulimit -f 2000; exec "$0" "$@"',
      process.execPath,
      WRITER,
      dataDir,
    ],
    { encoding: 'utf8' },
  );
  assert.match(stderr, /Nothing was written/);
  const created = stdout.match(/^created/gm)?.length ?? 0;
  const removed = stdout.match(/^removed/gm)?.length ?? 0;
  assert.ok(created > 10);
  const store = SqliteStore.open({ dataDir, clock: systemClock });
  const { items } = store.list({ apiVersion: 'v1', kind: 'ConfigMap' });
  assert.equal(items.length, created - removed);
  store.close();
});
