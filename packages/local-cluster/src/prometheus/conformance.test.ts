import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { fillMeshDay } from './testing/mesh-day.ts';
import { productQueries } from './testing/product-queries.ts';
import { PrometheusFixture } from './testing/prometheus-fixture.ts';
import {
  prometheusMissing,
  RealPrometheus,
} from './testing/real-prometheus.ts';

const HOUR = 3_600;
const TOLERANCE = 1e-9;

const point = z.tuple([z.number(), z.string()]);
const answerSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.string(),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: point.optional(),
        values: z.array(point).optional(),
      }),
    ),
  }),
});

type Answer = z.infer<typeof answerSchema>['data'];

const numberOf = (text: string) =>
  text.endsWith('Inf') ? Number(text.replace('Inf', 'Infinity')) : Number(text);

function differs(ours: string, theirs: string): boolean {
  const [a, b] = [numberOf(ours), numberOf(theirs)];
  if (Object.is(a, b) || ours === theirs) return false;
  return !(Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b)));
}

const sorted = ({ result }: Answer) =>
  result
    .map(({ metric, value, values }) => ({
      key: JSON.stringify(Object.entries(metric).sort()),
      points: values ?? (value ? [value] : []),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));

/** The first difference, in words. */
function difference(ours: Answer, theirs: Answer): string | undefined {
  if (ours.resultType !== theirs.resultType) return 'another type';
  const [left, right] = [sorted(ours), sorted(theirs)];
  const keys = (all: typeof left) => all.map(({ key }) => key).join('\n');
  if (keys(left) !== keys(right)) {
    return `other series: ${keys(left)} instead of ${keys(right)}`;
  }
  for (const [i, { key, points }] of left.entries()) {
    const expected = right[i].points;
    if (points.length !== expected.length) {
      return `${points.length} points of ${key} instead of ${expected.length}`;
    }
    for (const [j, [time, value]] of points.entries()) {
      if (time !== expected[j][0] || differs(value, expected[j][1])) {
        return `${key}: ${time} ${value} instead of ${expected[j]}`;
      }
    }
  }
  return undefined;
}

const missing = prometheusMissing();
if (missing) {
  process.stderr.write(
    `skipped: metrics beside a real Prometheus: ${missing}\n`,
  );
}

test(
  'every query of the product has the same answer from a real Prometheus with the same samples',
  { skip: missing ?? false },
  async t => {
    const dataDir = mkdtempSync(join(tmpdir(), 'conformance-'));
    t.after(() => rmSync(dataDir, { recursive: true, force: true }));
    // The real one makes blocks of what is in the past only.
    const end = Math.floor(Date.now() / 1000 / 60) * 60 - 600;
    const filled = await fillMeshDay(join(dataDir, 'prometheus'), {
      endMs: end * 1000,
      hours: 26,
      intervalMs: 15_000,
    });
    const samples = filled.select([], -Infinity, Infinity);
    await filled.close();
    const theirs = await RealPrometheus.start(samples);
    t.after(() => theirs.stop());
    const ours = await PrometheusFixture.start(t, {
      dataDir,
      intervalMs: 600_000,
    });
    const ask = async (path: string, form: Record<string, string>) => {
      const init = () => ({ method: 'POST', body: new URLSearchParams(form) });
      const [mine, other] = await Promise.all([
        ours.ask(path, init()),
        fetch(theirs.url + path, init()).then(answer => answer.json()),
      ]);
      const what = `${path} ${JSON.stringify(form)}`;
      assert.equal(mine.status, 'success', `${what}: ${mine.error}`);
      const expected = answerSchema.parse(other).data;
      const differing = difference(answerSchema.parse(mine).data, expected);
      assert.equal(differing, undefined, what);
      return expected.result.length;
    };
    for (const { query, slow } of productQueries) {
      let series = 0;
      for (const time of [end, end - 37, end - 3 * HOUR, end - 20 * HOUR]) {
        series += await ask('query', { query, time: String(time) });
      }
      const ranges = slow
        ? [[end - 2 * HOUR, end, 600]]
        : [
            [end - 24 * HOUR, end, 60],
            [end - HOUR, end, 15],
            [end - 26 * HOUR, end - 20 * HOUR, 97],
          ];
      for (const [start, to, step] of ranges) {
        series += await ask('query_range', {
          query,
          start: String(start),
          end: String(to),
          step: String(step),
        });
      }
      assert.ok(series > 0, `${query} has an answer`);
    }
    t.diagnostic(
      `${productQueries.length} queries over ${
        samples.length
      } series, ${samples.reduce(
        (sum, { values }) => sum + values.length,
        0,
      )} samples`,
    );
  },
);
