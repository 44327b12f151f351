import { once } from 'node:events';
import { systemClock } from '../../system-clock.ts';
import { SqliteStore } from '../sqlite-store.ts';

// Started by crash.test.ts: writes without end and prints every write that the store has acknowledged.
const store = SqliteStore.open({
  dataDir: process.argv[2],
  clock: systemClock,
});
const key = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default' };

/** Waits for a slow reader: what is queued in this process would never leave it while it writes on. */
async function say(text: string): Promise<void> {
  if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain');
}

async function writeUntilKilled(): Promise<void> {
  for (let n = 0; ; n += 1) {
    const name = `c${n}`;
    const filler = String(n).repeat(2000);
    store.create({
      ...key,
      metadata: { name, namespace: 'default' },
      data: { filler },
    });
    await say(`created ${name}`);
    store.modify({ ...key, name }, object => ({
      ...object,
      data: { filler, seen: 'yes' },
    }));
    await say(`changed ${name}`);
    if (n % 3 === 0) {
      store.remove({ ...key, name });
      await say(`removed ${name}`);
    }
  }
}

void writeUntilKilled();
