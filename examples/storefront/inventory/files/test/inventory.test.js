import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from '../src/chassis/metrics.js';
import { createProducts } from '../src/catalogue.js';
import { Database } from '../src/database.js';
import { Inventory } from '../src/inventory.js';

function inventory(count = 50) {
  const registry = new Registry();
  const database = new Database({
    products: createProducts(count),
    poolSize: 2,
    roundTripMs: 0,
    registry,
  });
  return new Inventory({ database, registry });
}

test('a page of products says how much there is of each', async () => {
  const { total, items } = await inventory().list({ page: 2, size: 20 });
  assert.equal(total, 50);
  assert.equal(items.length, 20);
  assert.equal(items[0].id, 'p-0021');
  assert.ok(items.every(({ available }) => available >= 30));
});

test('products are found by category, by words and by id', async () => {
  const shop = inventory();
  const garden = await shop.list({ category: 'garden' });
  assert.ok(garden.items.every(({ category }) => category === 'garden'));
  const lamps = await shop.list({ search: 'LAMP' });
  assert.ok(lamps.total > 0);
  const two = await shop.list({ ids: ['p-0003', 'p-0009', 'p-9999'] });
  assert.deepEqual(
    two.items.map(({ id }) => id),
    ['p-0003', 'p-0009'],
  );
});

test('a product that does not exist is 404', async () => {
  await assert.rejects(inventory().product('p-9999'), { status: 404 });
});

test('a reservation takes all or nothing, and can be released', async () => {
  const shop = inventory();
  const before = await shop.available(['p-0001', 'p-0002']);
  await shop.reserve([{ product: 'p-0001', quantity: 4 }]);
  await assert.rejects(
    shop.reserve([
      { product: 'p-0001', quantity: 1 },
      { product: 'p-0002', quantity: 10_000 },
    ]),
    { status: 409, message: 'not enough of p-0002' },
  );
  const after = await shop.available(['p-0001', 'p-0002']);
  assert.equal(after['p-0001'], before['p-0001'] - 4);
  assert.equal(after['p-0002'], before['p-0002']);
  await shop.release([{ product: 'p-0001', quantity: 4 }]);
  assert.deepEqual(await shop.available(['p-0001', 'p-0002']), before);
});
