import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PortBook } from './port-book.ts';
import { tempDir } from './testing/cluster-fixture.ts';

const free = async (port: number) => port;
const inUse = () =>
  Promise.reject(Object.assign(new Error('taken'), { code: 'EADDRINUSE' }));

test('a Service gets a port of the NodePort range and the same one after a restart', async t => {
  const dir = tempDir(t);
  const port = await new PortBook(dir).claim('default/orders', free);
  assert.ok(port >= 30_000 && port < 32_768);
  assert.equal(await new PortBook(dir).claim('default/orders', free), port);
});

test('a port in use is passed over, and the new one is remembered', async t => {
  const dir = tempDir(t);
  const first = await new PortBook(dir).claim('default/orders', free);
  const book = new PortBook(dir);
  const second = await book.claim('default/orders', p =>
    p === first ? inUse() : free(p),
  );
  assert.notEqual(second, first);
  assert.equal(await new PortBook(dir).claim('default/orders', free), second);
});

test('two Services never share a port, also while one of them is not running', async t => {
  const dir = tempDir(t);
  const book = new PortBook(dir);
  const orders = await book.claim('default/orders', free);
  writeFileSync(
    join(dir, 'service-ports.json'),
    JSON.stringify({ 'default/other': orders }),
  );
  assert.notEqual(
    await new PortBook(dir).claim('default/orders', free),
    orders,
  );
});

test('a forgotten Service frees its port', async t => {
  const dir = tempDir(t);
  const book = new PortBook(dir);
  await book.claim('default/orders', free);
  book.forget('default/orders');
  assert.equal(readFileSync(join(dir, 'service-ports.json'), 'utf8'), '{}');
});

test('an unreadable book does not stop the cluster', async t => {
  const dir = tempDir(t);
  writeFileSync(join(dir, 'service-ports.json'), '{"default/orders": "hou');
  assert.ok((await new PortBook(dir).claim('default/orders', free)) >= 30_000);
});

test('when every port is taken, or listening fails otherwise, the error says so', async t => {
  const book = new PortBook(tempDir(t));
  await assert.rejects(
    book.claim('default/orders', inUse),
    /no free port for service default\/orders/,
  );
  await assert.rejects(
    book.claim('default/orders', () =>
      Promise.reject(new Error('EMFILE: too many open files')),
    ),
    /EMFILE/,
  );
});
