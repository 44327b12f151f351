import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from '../src/chassis/metrics.js';
import { Charges } from '../src/charges.js';
import { SandboxAcquirer } from '../src/acquirer.js';
import { SessionPool } from '../src/sessions.js';

const order = { order: 'o-1', amountCents: 1250, card: '4000000000000001' };

function charges(acquirer, lines = []) {
  const registry = new Registry();
  const log = {
    info: (msg, fields) => lines.push({ msg, ...fields }),
    warn: (msg, fields) => lines.push({ msg, ...fields }),
  };
  return new Charges({
    acquirer,
    sessions: new SessionPool({ size: 1, registry }),
    timeoutMs: 50,
    attempts: 2,
    log,
    registry,
  });
}

const sandbox = () =>
  new SandboxAcquirer({ typicalMs: 1, slowShare: 0, slowMs: 0 });

test('an order is charged, and the log does not show the card', async () => {
  const lines = [];
  const done = await charges(sandbox(), lines).charge(order);
  assert.deepEqual(done, {
    order: 'o-1',
    amount_cents: 1250,
    status: 'charged',
  });
  assert.equal(lines[0].card, '**** 0001');
});

test('a declined card is 402', async () => {
  const declined = { ...order, card: '4000000000000002' };
  await assert.rejects(charges(sandbox()).charge(declined), { status: 402 });
});

test('charges take turns when there is one session', async () => {
  const taking = charges(sandbox());
  const all = await Promise.all(
    ['o-1', 'o-2', 'o-3'].map(id => taking.charge({ ...order, order: id })),
  );
  assert.deepEqual(
    all.map(each => each.order),
    ['o-1', 'o-2', 'o-3'],
  );
});
