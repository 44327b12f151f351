import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from '../src/chassis/metrics.js';
import { Crowd } from '../src/crowd.js';
import { MEAN_STEPS, planVisit } from '../src/visit.js';

/** Mulberry32: the same numbers each time. */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('visits have the length that the rate is reckoned with', () => {
  const random = randomOf(7);
  const visits = Array.from({ length: 5000 }, () =>
    planVisit({ visitor: 'v', random }),
  );
  const steps = visits.flat();
  const mean = steps.length / visits.length;
  assert.ok(Math.abs(mean - MEAN_STEPS) < 0.1, `${mean} pages a visit`);
  const checkouts = steps.filter(({ page }) => page === 'checkout');
  const noNote = checkouts.filter(({ body }) => body.note === undefined);
  assert.ok(checkouts.length > 0.05 * steps.length);
  assert.ok(noNote.length > 0.01 * steps.length);
  assert.ok(noNote.length < 0.1 * steps.length);
});

test('a shop that does not answer is asked all the same, up to a bound', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  let asked = 0;
  const shopper = {
    open() {
      asked += 1;
      return new Promise(() => {});
    },
  };
  const registry = new Registry();
  const crowd = new Crowd({
    rate: 10,
    pauseMs: 100,
    mostAtOnce: 20,
    shopper,
    log: { info() {} },
    registry,
    random: randomOf(11),
  });
  crowd.start();
  for (let i = 0; i < 100; i += 1) t.mock.timers.tick(100);
  crowd.stop();
  assert.equal(asked, 20);
  assert.match(registry.render(), /^shoppers_skipped_pages_total (\d{2,3})$/m);
});
