import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExpressionGenerator, generateSeries } from './testing/generated.ts';
import {
  compareWithPromtool,
  describeDifferences,
  withoutPromtool,
} from './testing/promtool.ts';
import { Random } from './testing/random.ts';

const INTERVAL_MS = 15_000;
const EXPRESSIONS = 150;
const TIMES_MS = [307_000, 900_000, 1_641_000];

if (withoutPromtool)
  process.stderr.write(
    `skipped: PromQL against promtool: ${withoutPromtool}\n`,
  );

for (const seed of [1, 2, 3, 4]) {
  test(
    `answers expressions nobody thought of as Prometheus does (seed ${seed})`,
    { skip: withoutPromtool ?? false },
    t => {
      const random = new Random(seed);
      const series = generateSeries(random);
      const generator = new ExpressionGenerator(random);
      const questions = Array.from({ length: EXPRESSIONS }, () =>
        generator.vector(random.whole(1, 3)),
      ).flatMap(expression => TIMES_MS.map(atMs => ({ expression, atMs })));
      const compared = compareWithPromtool(series, INTERVAL_MS, questions);
      assert.equal(describeDifferences(compared), '');
      const answered = compared.filter(
        ({ ours }) => Array.isArray(ours) && ours.length > 0,
      );
      assert.ok(
        answered.length > compared.length / 2,
        `only ${answered.length} of ${compared.length} expressions have answers`,
      );
      const exact = compared.filter(one => one.exact).length;
      t.diagnostic(
        `${exact} of ${compared.length} to the last bit, ${answered.length} not empty`,
      );
    },
  );
}
