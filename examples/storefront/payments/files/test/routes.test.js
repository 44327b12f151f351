import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRoutes } from '../src/routes.js';

const routes = createRoutes({ charges: { charge: async given => given } });
const charge = body => routes['POST /charges']({ body });

test('a charge is read', async () => {
  const { status, body } = await charge({
    order: 'o-1',
    amount_cents: 100,
    card: '4000000000000001',
  });
  assert.equal(status, 201);
  assert.equal(body.amountCents, 100);
});

test('what is no charge is 400', async () => {
  const good = { order: 'o-1', amount_cents: 1, card: '4000000000000001' };
  for (const wrong of [
    undefined,
    { ...good, order: '' },
    { ...good, amount_cents: 0.5 },
    { ...good, card: 'visa' },
  ]) {
    await assert.rejects(charge(wrong), { status: 400 });
  }
});
