import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from '../testing/ask.ts';

const gauge = { g: '4 8 NaN 2' };

test('functions over time fold the samples of the window', () => {
  const over = (name: string, values: string) =>
    ask(`${name}_over_time(g[10m])`, { g: values }, 3)[0];
  assert.equal(over('sum', '4 8 1 2'), '{} 15');
  assert.equal(over('avg', '4 8 1 3'), '{} 4');
  assert.equal(over('avg', '1e308 1e308 1e308'), '{} 1e+308');
  assert.equal(over('sum', '1e16 1 1 -1e16'), '{} 2');
  assert.equal(over('stddev', '2 4 4 6'), `{} ${Math.sqrt(2)}`);
  assert.equal(over('min', '4 NaN 2 3'), '{} 2');
  assert.equal(over('max', 'NaN 4 2 NaN'), '{} 4');
  assert.equal(over('count', '4 _ stale 3'), '{} 2');
  assert.equal(over('present', '4'), '{} 1');
  assert.equal(over('last', '4 5'), 'g{} 5');
});

test('both ends of a window belong to it', () => {
  assert.deepEqual(ask('count_over_time(g[2m])', { g: '1 2 3 4' }, 3), [
    '{} 3',
  ]);
});

test('quantiles lie between samples in proportion, NaN being least', () => {
  const at = (quantile: string) =>
    ask(`quantile_over_time(${quantile}, g[9m])`, gauge, 3)[0];
  assert.equal(at('1'), '{} 8');
  assert.equal(at('0.5'), '{} 3');
  assert.equal(at('-0.1'), '{} -Infinity');
});

test('a straight line has its slope and goes on', () => {
  const line = { g: '0+30x5' };
  assert.deepEqual(ask('deriv(g[5m])', line, 5), ['{} 0.5']);
  assert.deepEqual(ask('predict_linear(g[5m], 60)', line, 5), ['{} 180']);
});

test('labels are replaced, joined and removed', () => {
  const series = { 'm{a="x-1",b="y"}': '1' };
  assert.deepEqual(
    ask('label_replace(m, "c", "$2.$1", "a", "(.*)-(.*)")', series, 0),
    ['m{a="x-1", b="y", c="1.x"} 1'],
  );
  assert.deepEqual(ask('label_replace(m, "b", "", "a", ".*")', series, 0), [
    'm{a="x-1"} 1',
  ]);
  assert.deepEqual(ask('label_join(m, "a", "+", "b", "a")', series, 0), [
    'm{a="y+x-1", b="y"} 1',
  ]);
  assert.throws(
    () => ask('label_replace(m, "1", "", "a", "")', series, 0),
    /invalid destination label name in label_replace\(\): 1/,
  );
});

test('what is absent has the labels it was asked for by', () => {
  assert.deepEqual(ask('absent(n{a="b",c=~"d"})', {}, 0), ['{a="b"} 1']);
  assert.deepEqual(ask('absent(m)', { m: '1' }, 0), []);
});

test('times are of the step, of the sample and of the calendar', () => {
  assert.deepEqual(ask('time()', {}, 2), ['120']);
  assert.deepEqual(ask('timestamp(m)', { m: '1 1' }, 4), ['{} 60']);
  assert.deepEqual(ask('timestamp(m + 0)', { m: '1 1' }, 4), ['{} 240']);
  assert.deepEqual(ask('hour(vector(86399))', {}, 0), ['{} 23']);
  assert.deepEqual(ask('days_in_month(vector(951782400))', {}, 0), ['{} 29']);
});
