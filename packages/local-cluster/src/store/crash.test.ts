import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { systemClock } from '../system-clock.ts';
import { SqliteStore } from './sqlite-store.ts';

const WRITER = join(import.meta.dirname, 'testing', 'write-until-killed.ts');
const scope = { apiVersion: 'v1', kind: 'ConfigMap' };

/** Kills the writer after so many acknowledged writes; what it said last of each object. */
async function killAfter(dataDir: string, writes: number) {
  const child = spawn(process.execPath, [WRITER, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    said += chunk;
    if (said.split('\n').length > writes) child.kill('SIGKILL');
  }
  if (child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL');
  const last = new Map<string, string>();
  for (const line of said.split('\n').slice(0, -1)) {
    const [what, name] = line.split(' ');
    last.set(name, what);
  }
  return last;
}

it('loses nothing it acknowledged and tears nothing when it is killed in the middle of writes', async t => {
  for (const writes of [50, 333, 1001, 2500]) {
    const dataDir = mkdtempSync(join(tmpdir(), 'local-cluster-crash-'));
    t.after(() => rmSync(dataDir, { recursive: true }));
    const last = await killAfter(dataDir, writes);
    assert.ok(last.size > writes / 4, `${last.size} objects`);

    const store = SqliteStore.open({ dataDir, clock: systemClock });
    const { items, resourceVersion } = store.list(scope);
    const found = new Map(items.map(item => [item.metadata.name, item]));
    const acknowledged = [...last];
    for (const [name, what] of acknowledged.slice(0, -1)) {
      assert.equal(found.has(name), what !== 'removed', `${name} was ${what}`);
    }
    for (const { metadata, data } of items) {
      const { filler, seen } = Object(data);
      assert.equal(filler, metadata.name.slice(1).repeat(2000));
      if (last.get(metadata.name) === 'changed') assert.equal(seen, 'yes');
    }
    // The next write goes on after everything that was ever handed out.
    const next = store.create({
      ...scope,
      metadata: { name: 'next', namespace: 'default' },
    });
    assert.equal(
      Number(next.metadata.resourceVersion),
      Number(resourceVersion) + 1,
    );
    assert.ok(
      items.every(
        ({ metadata }) =>
          Number(metadata.resourceVersion) <= Number(resourceVersion),
      ),
    );
    store.close();
  }
});
