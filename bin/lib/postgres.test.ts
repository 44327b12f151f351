import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { accepts, removeDatabase, startPostgres } from './postgres.ts';
import type { Service } from './processes.ts';

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        resolve(address && typeof address === 'object' ? address.port : 0),
      );
    });
  });
}

test('starts in a folder that only its owner may enter, again on the same data, and leaves nothing when removed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ghostlight-private-'));
  assert.equal(statSync(folder).mode & 0o077, 0);
  try {
    const port = await freePort();
    for (const round of ['made', 'found']) {
      const started: Service[] = [];
      const database = await startPostgres({
        dataFolder: folder,
        port,
        logFile: join(folder, 'postgres.log'),
        throwAway: true,
        onStarted: service => started.push(service),
      });
      assert.ok(await accepts(database.host, database.port), round);
      for (const service of started) await service.stop('SIGINT');
      assert.equal(await accepts(database.host, database.port), false);
    }
    removeDatabase(folder);
    assert.equal(existsSync(join(folder, 'postgres')), false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
