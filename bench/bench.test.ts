import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { inRounds, summarise } from './bench.ts';
import { figure, tableOf } from './table.ts';

const measure = (
  samples: number[],
  limit?: { atMost: number } | { atLeast: number },
) => summarise({ name: 'start', unit: 's', samples, limit });

test('the median counts, not the mean, and the spread is told', () => {
  const { median, min, max } = measure([1, 100, 2]);
  assert.deepEqual({ median, min, max }, { median: 2, min: 1, max: 100 });
  assert.equal(measure([4, 1, 3, 2]).median, 2.5);
});

test('a promise is met up to its very limit, in either direction', () => {
  assert.equal(measure([2], { atMost: 2 }).verdict, 'met');
  assert.equal(measure([2.01], { atMost: 2 }).verdict, 'missed');
  assert.equal(measure([2], { atLeast: 2 }).verdict, 'met');
  assert.equal(measure([1.99], { atLeast: 2 }).verdict, 'missed');
  assert.equal(measure([1]).verdict, undefined);
});

test('what was not measured is an error, not a promise kept', () => {
  assert.throws(() => measure([]), /start has no samples/);
});

test('the first round only warms up', async () => {
  let n = 0;
  assert.deepEqual(await inRounds(3, async () => (n += 1)), [2, 3, 4]);
});

test('the table aligns and names what was promised', () => {
  assert.equal(figure(0.123456), '0.123');
  assert.equal(figure(24012.4), '24,000');
  const lines = tableOf([
    measure([1, 2, 3], { atMost: 20 }),
    measure([1500], { atLeast: 2000 }),
  ]).split('\n');
  assert.match(lines[1], /^start +2 s +1 to 3 \(3\) +<= 20 s +met$/);
  assert.match(
    lines[2],
    /^start +1,500 s +1,500 to 1,500 \(1\) +>= 2,000 s +missed$/,
  );
});

test('an unknown benchmark is answered with the known ones', () => {
  const run = spawnSync(
    process.execPath,
    [`${import.meta.dirname}/run.ts`, 'no-such'],
    { encoding: 'utf8' },
  );
  assert.equal(run.status, 2);
  assert.match(run.stderr, /yarn bench <.*cluster.*>, not "no-such"/);
});
