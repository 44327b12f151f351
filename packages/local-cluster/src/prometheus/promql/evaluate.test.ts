import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueryError, STALE } from '../types.ts';
import type { SeriesSource } from '../types.ts';
import { evaluateInstant, evaluateRange } from './evaluate.ts';
import { makeLabels } from './labels.ts';
import { ask } from './testing/ask.ts';
import { ExpressionGenerator, generateSeries } from './testing/generated.ts';
import { memorySource } from './testing/memory-source.ts';
import { expand } from './testing/notation.ts';
import { Random } from './testing/random.ts';

/** A source with one series of one sample a second. */
function seconds(count: number): SeriesSource {
  const labels = makeLabels([['__name__', 'c']]);
  const all = Float64Array.from({ length: count }, (_, index) => index);
  return {
    select: () => [
      { labels, timesMs: all.map(index => index * 1000), values: all.slice() },
    ],
  };
}

function refusal(run: () => unknown): { errorType: string; message: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  return assert.fail('it was answered');
}

test('a range query answers at each step what an instant query answers there', () => {
  const random = new Random(7);
  const source = memorySource(
    generateSeries(random).map(series => expand(series, 15_000)),
  );
  const generator = new ExpressionGenerator(random);
  const startMs = 200_000;
  const stepMs = 37_000;
  const endMs = startMs + 40 * stepMs;
  let points = 0;
  for (let count = 0; count < 300; count++) {
    const expression = generator.vector(random.whole(0, 3));
    const expected = new Map<string, [number, number][]>();
    let refused = false;
    for (let atMs = startMs; atMs <= endMs; atMs += stepMs) {
      try {
        const value = evaluateInstant({ expression, source, atMs });
        assert.equal(value.resultType, 'vector');
        if (value.resultType !== 'vector') continue;
        for (const { metric, value: point } of value.result) {
          const key = JSON.stringify(metric);
          expected.set(key, [...(expected.get(key) ?? []), point]);
        }
      } catch (error) {
        assert.ok(error instanceof QueryError);
        refused = true;
      }
    }
    const range = () =>
      evaluateRange({ expression, source, startMs, endMs, stepMs });
    if (refused) {
      assert.throws(range, QueryError, expression);
      continue;
    }
    const found = range().result;
    assert.deepEqual(
      Object.fromEntries(
        found.map(({ metric, values }) => [JSON.stringify(metric), values]),
      ),
      Object.fromEntries(expected),
      expression,
    );
    points += found.reduce((sum, { values }) => sum + values.length, 0);
  }
  assert.ok(points > 10_000, `${points} points were compared`);
});

test('a series is there for five minutes after its last sample, unless it ended', () => {
  assert.deepEqual(ask('up', { up: '1 1' }, 6), ['up{} 1']);
  assert.deepEqual(ask('up', { up: '1 1' }, 6.01), []);
  assert.deepEqual(ask('up', { up: '1 1 stale' }, 2), []);
  assert.deepEqual(ask('up', { up: '1 stale 1' }, 2), ['up{} 1']);
});

test('the order of sort and topk is kept', () => {
  const series = { 'm{a="1"}': '5', 'm{a="2"}': 'NaN', 'm{a="3"}': '9' };
  assert.deepEqual(ask('sort_desc(m)', series, 0), [
    'm{a="3"} 9',
    'm{a="1"} 5',
    'm{a="2"} NaN',
  ]);
  assert.deepEqual(ask('sort(m)', series, 0)[0], 'm{a="1"} 5');
  assert.deepEqual(ask('topk(2, m)', series, 0), ['m{a="3"} 9', 'm{a="1"} 5']);
});

test('range vectors and strings are answers of instant queries only', () => {
  assert.deepEqual(ask('m[2m]', { m: '1 2 stale 4' }, 3), ['m{} 2@60 4@180']);
  assert.deepEqual(ask('"a\\tb"', {}, 0), ['a\tb']);
  const error = refusal(() =>
    evaluateRange({
      expression: 'm[5m]',
      source: seconds(1),
      startMs: 0,
      endMs: 1,
      stepMs: 1,
    }),
  );
  assert.match(error.message, /"range vector" for range query/);
});

test('labels with the names of an object’s own properties are labels', () => {
  const series = { 'm{constructor="a",__proto__="b"}': '1', m: '2' };
  assert.deepEqual(ask('m{constructor=""}', series, 0), ['m{} 2']);
  assert.deepEqual(
    ask('sum by (__proto__, toString, constructor) (m)', series, 0).sort(),
    ['{__proto__="b", constructor="a"} 1', '{} 2'],
  );
});

test('@ end() is the end of the whole query, in subqueries too', () => {
  const { result } = evaluateRange({
    expression: 'max_over_time((c @ end())[1m:30s]) + 0 * c',
    source: seconds(200),
    startMs: 100_000,
    endMs: 160_000,
    stepMs: 30_000,
  });
  assert.deepEqual(result[0].values, [
    [100_000, 160],
    [130_000, 160],
    [160_000, 160],
  ]);
});

test('a query that would be too large says which limit it meets and what to do', () => {
  const range = { startMs: 0, endMs: 11_001_000, stepMs: 1000 };
  const source = seconds(100);
  const ofRange = refusal(() =>
    evaluateRange({ expression: 'c', source, ...range }),
  );
  assert.equal(ofRange.errorType, 'bad_data');
  assert.equal(
    ofRange.message,
    'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
  );
  const asked = (expression: string, limits: object) =>
    refusal(() => evaluateInstant({ expression, source, atMs: 0, limits }));

  const samples = asked('rate(c[5m])', { maxSamples: 99 });
  assert.equal(samples.errorType, 'execution');
  assert.match(samples.message, /too many samples.*more than 99.*fewer series/);
  assert.match(
    asked('c{a!="b"}', { maxSeries: 0 }).message,
    /c\{a!="b"\} selects 1 series; at most 0 .* add matchers/,
  );
  assert.match(
    asked('max_over_time(c[30d:1s])', {}).message,
    /\[2592000s:1s\] has 2592001 steps; at most 50000/,
  );
});

test('a query that takes too long ends', () => {
  let time = 0;
  const error = refusal(() =>
    evaluateInstant({
      expression: 'sum(rate(c[5m]))',
      source: seconds(100),
      atMs: 0,
      limits: { deadlineMs: 5 },
      now: () => (time += 10),
    }),
  );
  assert.equal(error.errorType, 'timeout');
  assert.match(error.message, /after 5 ms/);
});

test('the ends and the step of a range query are checked', () => {
  const source = seconds(1);
  const asked = (startMs: number, endMs: number, stepMs: number) =>
    refusal(() =>
      evaluateRange({ expression: 'c', source, startMs, endMs, stepMs }),
    ).message;
  assert.match(asked(0, 10, 0), /zero or negative query resolution step/);
  assert.match(asked(10, 0, 1), /end timestamp must not be before start/);
  assert.match(asked(0, NaN, 1), /end timestamp must not be before start/);
});

test('a value that means the end of a series elsewhere is a number here', () => {
  const [line] = ask(`vector(${STALE})`, {}, 0);
  assert.equal(line, `{} ${STALE}`);
});
