import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallError } from '../src/chassis/call.js';
import { Registry } from '../src/chassis/metrics.js';
import { createRoutes } from '../src/routes.js';
import { Shop } from '../src/shop.js';

const kettle = { id: 'p-0001', name: 'A <b> & "c"', price_cents: 1250 };
const answers = {
  '/products': { total: 1, items: [{ ...kettle, available: 3 }] },
  '/products/p-0001': { ...kettle, available: 3 },
  '/recommendations': { items: [{ ...kettle, id: 'p-0002' }] },
  '/quotes': { lines: [], total_cents: 100, delivery_cents: 0 },
  '/orders': { id: 'o-1', total_cents: 100 },
};

function routes(failing = {}) {
  const asked = [];
  const call = async (to, path, options) => {
    asked.push({ to, path, ...options });
    if (failing[to]) throw failing[to];
    return answers[path.split('?')[0]];
  };
  const registry = new Registry();
  const log = { info() {}, warn() {} };
  const timeouts = { inventory: 100, recommendations: 50, orders: 500 };
  const shop = new Shop({ call, timeouts, log, registry });
  return { asked, registry, routes: createRoutes({ shop, registry }) };
}

test('the home page shows products and suggestions, escaped', async () => {
  const { routes: web } = routes();
  const { body } = await web['GET /']({ query: {} });
  assert.match(body, /A &lt;b&gt; &amp; &quot;c&quot;/);
  assert.match(body, /href="\/products\/p-0002"/);
});

test('without recommendations the page is shown all the same', async () => {
  const down = new CallError('late', {
    to: 'recommendations',
    reason: 'timeout',
  });
  const { routes: web, registry } = routes({ recommendations: down });
  const request = { params: { id: 'p-0001' }, query: {} };
  const { body } = await web['GET /products/:id'](request);
  assert.match(body, /3 in stock/);
  assert.match(
    registry.render(),
    /shop_incomplete_pages_total\{part="recommendations"\} 1/,
  );
});

test('each service is asked with its own time limit', async () => {
  const { routes: web, asked } = routes();
  await web['GET /']({ query: {} });
  await web['POST /checkout']({ body: { items: 'p-0001:1', customer: 'Ada' } });
  assert.deepEqual(
    asked.map(({ to, timeoutMs }) => [to, timeoutMs]),
    [
      ['inventory', 100],
      ['recommendations', 50],
      ['orders', 500],
    ],
  );
});

test('what the customer can mend is told with the status it has', async () => {
  const declined = new CallError('no', {
    to: 'orders',
    reason: 'answer',
    status: 402,
    body: { error: 'the card was declined' },
  });
  const { routes: web } = routes({ orders: declined });
  const body = { items: 'p-0001:1', customer: 'Ada' };
  const refused = await web['POST /checkout']({ body });
  assert.equal(refused.status, 402);
  assert.match(refused.body, /the card was declined/);
  const empty = await web['POST /cart']({ body: {} });
  assert.equal(empty.status, 400);
});
