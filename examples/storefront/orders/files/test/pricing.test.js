import assert from 'node:assert/strict';
import { test } from 'node:test';
import { totalOf } from '../src/pricing.js';

const lines = [
  { quantity: 2, price_cents: 1000 },
  { quantity: 1, price_cents: 500 },
];

test('delivery costs until the order is large enough', () => {
  assert.equal(totalOf(lines).total_cents, 2500 + 490);
  assert.equal(totalOf([...lines, ...lines]).total_cents, 5000);
});

test('a voucher takes off what it says', () => {
  assert.equal(totalOf(lines, 'welcome10').discount_cents, 250);
  assert.equal(totalOf(lines, 'FREESHIP').delivery_cents, 0);
});

test('a voucher that does not exist is 400', () => {
  assert.throws(() => totalOf(lines, 'constructor'), { status: 400 });
});
