import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from '../src/chassis/metrics.js';
import { RankingCache } from '../src/cache.js';
import { Catalogue } from '../src/catalogue.js';
import { Recommender } from '../src/recommender.js';

const products = Array.from({ length: 30 }, (_, i) => ({
  id: `p-${i}`,
  name: `Product ${i}`,
  category: i % 2 ? 'garden' : 'desk',
  price_cents: 1000 + i * 10,
}));
const log = { info() {}, warn() {} };

function recommender({ available } = {}) {
  const asked = [];
  const call = async (to, path) => {
    asked.push(path);
    if (path === '/catalogue') return { items: products };
    if (!available) throw new Error('inventory is down');
    return { available };
  };
  const registry = new Registry();
  return {
    asked,
    recommender: new Recommender({
      call,
      catalogue: new Catalogue({ call, log, maxAgeMs: 1000 }),
      cache: new RankingCache({ max: 10, registry }),
      stockTimeoutMs: 100,
      log,
      registry,
    }),
  };
}

const everything = Object.fromEntries(products.map(({ id }) => [id, 5]));

test('what goes with a product is of its kind, and never the product itself', async () => {
  const { recommender: ours } = recommender({ available: everything });
  const items = await ours.recommend({ product: 'p-3', limit: 4 });
  assert.equal(items.length, 4);
  for (const { id } of items) {
    assert.notEqual(id, 'p-3');
    assert.equal(Number(id.slice(2)) % 2, 1, 'from the garden, as p-3 is');
  }
});

test('what is sold out is not suggested', async () => {
  const { recommender: all } = recommender({ available: everything });
  const [best] = await all.recommend({ limit: 1 });
  const { recommender: without } = recommender({
    available: { ...everything, [best.id]: 0 },
  });
  const items = await without.recommend({ limit: 4 });
  assert.ok(!items.some(({ id }) => id === best.id));
});

test('without the inventory there are suggestions all the same', async () => {
  const { recommender: ours } = recommender();
  assert.equal((await ours.recommend({ limit: 4 })).length, 4);
});

test('the catalogue is read once for many visitors', async () => {
  const { recommender: ours, asked } = recommender({ available: everything });
  for (const visitor of ['v-1', 'v-2', 'v-3']) {
    await ours.recommend({ product: 'p-3', visitor, limit: 2 });
  }
  assert.equal(asked.filter(path => path === '/catalogue').length, 1);
});
