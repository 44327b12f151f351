import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from '../testing/ask.ts';

const series = {
  'requests{app="a",code="200"}': '90',
  'requests{app="a",code="500"}': '10',
  'requests{app="b",code="200"}': '7',
  'limit{app="a",tier="gold"}': '50',
  'limit{app="c",tier="tin"}': '5',
};

const asked = (expression: string) => ask(expression, series, 0).sort();

test('operators bind as in arithmetic, powers from the right', () => {
  assert.deepEqual(asked('-2 ^ 2'), ['-4']);
  assert.deepEqual(asked('2 ^ 3 ^ 2'), ['512']);
  assert.deepEqual(asked('2 + 3 * 4 ^ -1 * 2'), ['3.5']);
  assert.deepEqual(asked('10 - 2 - 3'), ['5']);
  assert.deepEqual(asked('7 % 4 * 2'), ['6']);
});

test('comparisons keep series, or answer 0 and 1', () => {
  assert.deepEqual(asked('requests > 50'), [
    'requests{app="a", code="200"} 90',
  ]);
  assert.deepEqual(asked('50 < requests'), [
    'requests{app="a", code="200"} 90',
  ]);
  assert.deepEqual(asked('limit > bool 6'), [
    '{app="a", tier="gold"} 1',
    '{app="c", tier="tin"} 0',
  ]);
});

test('series find those with the same labels, or the labels that are named', () => {
  assert.deepEqual(asked('requests + requests{code="500"}'), [
    '{app="a", code="500"} 20',
  ]);
  assert.deepEqual(
    asked('requests{code="500"} / ignoring (code) requests{code="200"}'),
    ['{app="a"} 0.1111111111111111'],
  );
  assert.deepEqual(asked('requests / on (app) group_left (tier) limit'), [
    '{app="a", code="200", tier="gold"} 1.8',
    '{app="a", code="500", tier="gold"} 0.2',
  ]);
  assert.deepEqual(asked('limit * on (app) group_right requests{code="500"}'), [
    '{app="a", code="500"} 500',
  ]);
});

test('a match that is not one to one says so', () => {
  assert.throws(
    () => asked('limit + on (app) requests'),
    /duplicate series for the match group \{app="a"\} on the right hand-side/,
  );
  assert.throws(
    () => asked('requests + on (app) limit'),
    /many-to-one matching must be explicit/,
  );
});

test('and, or and unless keep series by those of the other side', () => {
  assert.deepEqual(asked('requests and on (app) limit'), [
    'requests{app="a", code="200"} 90',
    'requests{app="a", code="500"} 10',
  ]);
  assert.deepEqual(asked('requests unless on (app) limit'), [
    'requests{app="b", code="200"} 7',
  ]);
  assert.deepEqual(asked('sum(nothing) or vector(0)'), ['{} 0']);
  assert.deepEqual(asked('limit or on (app) requests'), [
    'limit{app="a", tier="gold"} 50',
    'limit{app="c", tier="tin"} 5',
    'requests{app="b", code="200"} 7',
  ]);
});
