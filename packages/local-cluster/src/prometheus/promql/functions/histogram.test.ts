import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from '../testing/ask.ts';

const quantile = (q: string, buckets: Record<string, string>) =>
  ask(
    `histogram_quantile(${q}, h_bucket)`,
    Object.fromEntries(
      Object.entries(buckets).map(([le, values]) => [
        `h_bucket{le="${le}",a="b"}`,
        values,
      ]),
    ),
    0,
  );

test('a quantile lies between the bounds of its bucket in proportion', () => {
  const buckets = { 10: '10', 20: '30', '+Inf': '40' };
  assert.deepEqual(quantile('0.5', buckets), ['{a="b"} 15']);
  assert.deepEqual(quantile('0.125', buckets), ['{a="b"} 5']);
});

test('a quantile in the last bucket is the highest bound there is', () => {
  assert.deepEqual(quantile('0.99', { 10: '10', 20: '30', '+Inf': '40' }), [
    '{a="b"} 20',
  ]);
});

test('there is no quantile without a +Inf bucket, with nothing else, or of nothing', () => {
  assert.deepEqual(quantile('0.5', { 10: '10', 20: '30' }), ['{a="b"} NaN']);
  assert.deepEqual(quantile('0.5', { '+Inf': '30' }), ['{a="b"} NaN']);
  assert.deepEqual(quantile('0.5', { 10: '0', '+Inf': '0' }), ['{a="b"} NaN']);
  assert.deepEqual(quantile('NaN', { 10: '1', '+Inf': '1' }), ['{a="b"} NaN']);
  assert.deepEqual(quantile('2', { 10: '1', '+Inf': '1' }), [
    '{a="b"} Infinity',
  ]);
});

test('counts that descend are lifted to what was before', () => {
  assert.deepEqual(quantile('0.5', { 10: '10', 20: '4', '+Inf': '10' }), [
    '{a="b"} 5',
  ]);
});

test('bounds below zero, bounds written twice and bounds that are none', () => {
  assert.deepEqual(quantile('0.1', { '-5': '4', '+Inf': '8' }), ['{a="b"} -5']);
  assert.deepEqual(quantile('0.5', { 10: '1', '10.0': '1', '+Inf': '4' }), [
    '{a="b"} 10',
  ]);
  assert.deepEqual(quantile('0.5', { much: '9', 10: '4', '+Inf': '4' }), [
    '{a="b"} 5',
  ]);
});
