import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packingSlip } from '../src/slip.js';

const order = {
  id: 'o-1',
  customer: 'Ada',
  note: 'Please ring twice',
  lines: [
    { product: 'p-0007', name: 'Corvid wool rug', quantity: 1 },
    { product: 'p-0002', name: 'Brink steel pan', quantity: 3 },
  ],
};

test('the slip has a line for each product', () => {
  const slip = packingSlip(order);
  assert.ok(slip.includes('1 x p-0007 Corvid wool rug'));
  assert.ok(slip.includes('3 x p-0002 Brink steel pan'));
  assert.equal(slip[0], 'Order o-1');
});
