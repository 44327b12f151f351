import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from '../testing/ask.ts';

test('a rate is per second and reaches to the ends of its window', () => {
  assert.deepEqual(ask('rate(c[5m])', { c: '0+60x10' }, 10), ['{} 1']);
  assert.deepEqual(ask('increase(c[5m])', { c: '0+60x10' }, 10), ['{} 300']);
});

test('what a counter had before it began anew is added back', () => {
  assert.deepEqual(ask('increase(c[4m])', { c: '10 20 30 5 15' }, 4), [
    '{} 35',
  ]);
  assert.deepEqual(ask('resets(c[4m])', { c: '10 20 30 5 15' }, 4), ['{} 1']);
});

test('a reset before the window does not count', () => {
  assert.deepEqual(ask('increase(c[2m])', { c: '100 50 60 70 80 90' }, 5), [
    '{} 20',
  ]);
});

test('a counter that starts in the window is not stretched below zero', () => {
  // 3 samples in the last 2 of 10 minutes: half a spacing back, but no further than zero.
  assert.deepEqual(ask('increase(c[10m])', { c: '_x8 0 60 120' }, 10), [
    '{} 120',
  ]);
  assert.deepEqual(ask('delta(c[10m])', { c: '_x8 0 60 120' }, 10), ['{} 150']);
});

test('one sample gives no rate', () => {
  assert.deepEqual(ask('rate(c[5m])', { c: '_x9 7' }, 10), []);
  assert.deepEqual(ask('irate(c[5m])', { c: '_x9 7' }, 10), []);
});

test('irate looks at the last two samples only', () => {
  assert.deepEqual(ask('irate(c[5m])', { c: '0 1000 1060' }, 2), ['{} 1']);
  assert.deepEqual(ask('irate(c[5m])', { c: '0 1000 30' }, 2), ['{} 0.5']);
  assert.deepEqual(ask('idelta(c[5m])', { c: '0 1000 30' }, 2), ['{} -970']);
});

test('marks of where a series ended are no samples of a window', () => {
  assert.deepEqual(
    ask('count_over_time(c[10m])', { c: '1 2 stale 3 stale' }, 5),
    ['{} 3'],
  );
});
