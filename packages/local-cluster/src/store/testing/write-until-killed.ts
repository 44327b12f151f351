import { systemClock } from '../../system-clock.ts';
import { SqliteStore } from '../sqlite-store.ts';

// Started by crash.test.ts: writes without end and prints every write that the store has acknowledged.
const store = SqliteStore.open({
  dataDir: process.argv[2],
  clock: systemClock,
});
const key = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default' };

for (let n = 0; ; n += 1) {
  const name = `c${n}`;
  const filler = String(n).repeat(2000);
  store.create({
    ...key,
    metadata: { name, namespace: 'default' },
    data: { filler },
  });
  process.stdout.write(`created ${name}\n`);
  store.modify({ ...key, name }, object => ({
    ...object,
    data: { filler, seen: 'yes' },
  }));
  process.stdout.write(`changed ${name}\n`);
  if (n % 3 === 0) {
    store.remove({ ...key, name });
    process.stdout.write(`removed ${name}\n`);
  }
}
