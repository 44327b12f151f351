import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallError } from '../src/chassis/call.js';
import { Registry } from '../src/chassis/metrics.js';
import { Checkout } from '../src/checkout.js';

const product = {
  id: 'p-0001',
  name: 'Alder oak kettle',
  price_cents: 1200,
  available: 5,
};
const order = {
  items: [{ product: 'p-0001', quantity: 2 }],
  customer: 'Ada',
  card: '4000000000000001',
  note: 'Please ring twice',
};

function checkout(answers = {}) {
  const calls = [];
  const call = async (to, path, options) => {
    const key = `${to} ${path.split('?')[0]}`;
    calls.push(key);
    if (answers[key]) throw answers[key];
    return { items: [product], body: options?.body };
  };
  const log = { info() {}, warn() {} };
  const registry = new Registry();
  return {
    calls,
    registry,
    checkout: new Checkout({ call, log, registry }),
  };
}

const refusal = (to, status, error) =>
  new CallError('refused', { to, reason: 'answer', status, body: { error } });

test('an order is reserved, then charged', async () => {
  const { checkout: ours, calls } = checkout();
  const placed = await ours.place(order);
  assert.equal(placed.total_cents, 2 * 1200 + 490);
  assert.match(placed.id, /^o-[0-9a-f]{8}$/);
  assert.deepEqual(calls, [
    'inventory /products',
    'inventory /reservations',
    'payments /charges',
  ]);
});

test('what is sold out is 409 and nothing is charged', async () => {
  const soldOut = refusal('inventory', 409, 'not enough of p-0001');
  const { checkout: ours, calls } = checkout({
    'inventory /reservations': soldOut,
  });
  await assert.rejects(ours.place(order), { name: 'HttpError', status: 409 });
  assert.ok(!calls.includes('payments /charges'));
});

test('a declined card puts the items back', async () => {
  const declined = refusal('payments', 402, 'the card was declined');
  const { checkout: ours, calls } = checkout({ 'payments /charges': declined });
  await assert.rejects(ours.place(order), { name: 'HttpError', status: 402 });
  assert.equal(calls.at(-1), 'inventory /reservations/release');
});

test('a product that is gone is 404', async () => {
  const items = [{ product: 'p-9999', quantity: 1 }];
  await assert.rejects(checkout().checkout.quote({ items }), { status: 404 });
});
