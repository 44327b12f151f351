import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expressions } from './testing/expressions.ts';
import { operatorExpressions } from './testing/operator-expressions.ts';
import { refused } from './testing/refused.ts';
import { meshSeries } from './testing/mesh-series.ts';
import {
  compareWithPromtool,
  describeDifferences,
  withoutPromtool,
} from './testing/promtool.ts';

const INTERVAL_MS = 15_000;
/** Before the first samples, amid resets, gaps and ends, between two samples, after the last. */
const TIMES_MS = [
  0, 120_000, 421_000, 602_000, 750_000, 900_000, 1_207_000, 1_500_000,
  1_860_000,
];

if (withoutPromtool)
  process.stderr.write(
    `skipped: PromQL against promtool: ${withoutPromtool}\n`,
  );

for (const [family, ofFamily] of Object.entries({
  ...expressions,
  ...operatorExpressions,
})) {
  test(
    `answers ${family} as Prometheus does`,
    { skip: withoutPromtool ?? false },
    t => {
      const compared = compareWithPromtool(
        meshSeries,
        INTERVAL_MS,
        ofFamily.flatMap(expression =>
          TIMES_MS.map(atMs => ({ expression, atMs })),
        ),
      );
      assert.equal(describeDifferences(compared), '');
      for (const expression of ofFamily) {
        const answers = compared.filter(one => one.expression === expression);
        assert.ok(
          answers.some(({ ours }) => !Array.isArray(ours) || ours.length > 0),
          `${expression} has an answer at some time`,
        );
      }
      const exact = compared.filter(one => one.exact).length;
      t.diagnostic(`${exact} of ${compared.length} answers to the last bit`);
    },
  );
}

test(
  'refuses what Prometheus refuses',
  { skip: withoutPromtool ?? false },
  () => {
    const compared = compareWithPromtool(
      meshSeries,
      INTERVAL_MS,
      refused.map(expression => ({ expression, atMs: 900_000 })),
    );
    assert.equal(describeDifferences(compared), '');
    for (const { expression, ours } of compared)
      assert.ok(!Array.isArray(ours), `${expression} is an error`);
  },
);
