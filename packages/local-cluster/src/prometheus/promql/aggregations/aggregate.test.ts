import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from '../testing/ask.ts';

const series = {
  'm{pod="1",app="a"}': '1',
  'm{pod="2",app="a"}': '3',
  'm{pod="1",app="b"}': '8',
  'm{pod="3"}': '8',
};

const asked = (expression: string) => ask(expression, series, 0).sort();

test('series are grouped by labels, or by all but some', () => {
  assert.deepEqual(asked('sum by (app) (m)'), [
    '{app="a"} 4',
    '{app="b"} 8',
    '{} 8',
  ]);
  assert.deepEqual(asked('sum(m) without (pod)'), asked('sum by (app) (m)'));
  assert.deepEqual(asked('sum(m)'), ['{} 20']);
  assert.deepEqual(asked('sum(nothing)'), []);
});

test('each aggregation folds the values of its group', () => {
  const of = (name: string) => asked(`${name}(m{app="a"})`)[0];
  assert.equal(of('avg'), '{} 2');
  assert.equal(of('min'), '{} 1');
  assert.equal(of('max'), '{} 3');
  assert.equal(of('count'), '{} 2');
  assert.equal(of('group'), '{} 1');
  assert.equal(of('stddev'), '{} 1');
  assert.equal(of('stdvar'), '{} 1');
  assert.deepEqual(asked('quantile(0.25, m{app="a"})'), ['{} 1.5']);
});

test('topk and bottomk pick series of each group and keep their labels', () => {
  assert.deepEqual(asked('topk by (app) (1, m)'), [
    'm{app="a", pod="2"} 3',
    'm{app="b", pod="1"} 8',
    'm{pod="3"} 8',
  ]);
  assert.deepEqual(asked('bottomk(1, m)'), ['m{app="a", pod="1"} 1']);
  assert.deepEqual(asked('topk(0, m)'), []);
});

test('count_values makes a label of the value, never with an exponent', () => {
  assert.deepEqual(asked('count_values("v", m)'), [
    '{v="1"} 1',
    '{v="3"} 1',
    '{v="8"} 2',
  ]);
  assert.deepEqual(asked('count_values("v", m{pod="2"} * 1e22)'), [
    '{v="30000000000000000000000"} 1',
  ]);
  assert.deepEqual(asked('count_values("v", m{pod="2"} / 1e7)'), [
    '{v="0.0000003"} 1',
  ]);
});
