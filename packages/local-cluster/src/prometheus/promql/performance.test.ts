import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SeriesSource } from '../types.ts';
import { evaluateRange } from './evaluate.ts';
import { makeLabels } from './labels.ts';
import { Random } from './testing/random.ts';

const HOURS_24_MS = 86_400_000;
const SCRAPE_MS = 5000;

/** Counters over a day, which end now and then, as a cluster's scraped every 5 s. */
function dayOfCounters(count: number): SeriesSource {
  const random = new Random(1);
  const length = HOURS_24_MS / SCRAPE_MS;
  const timesMs = Float64Array.from({ length }, (_, n) => n * SCRAPE_MS);
  const series = Array.from({ length: count }, (_, index) => {
    let value = 0;
    const values = Float64Array.from({ length }, () => {
      value = random.chance(0.0005) ? 0 : value + random.whole(0, 9);
      return value;
    });
    const labels = makeLabels([
      ['__name__', 'c'],
      ['pod', String(index)],
      ['x', `x${index % 7}`],
    ]);
    return { labels, values };
  });
  return {
    select: () =>
      series.map(({ labels, values }) => ({
        labels,
        timesMs: timesMs.slice(),
        values: values.slice(),
      })),
  };
}

test('rates of 50 series over 24 h take well under 100 ms', t => {
  const source = dayOfCounters(50);
  const times: number[] = [];
  for (let round = 0; round < 7; round++) {
    const startedMs = performance.now();
    const { result } = evaluateRange({
      expression: 'sum by (x) (rate(c[5m]))',
      source,
      startMs: 0,
      endMs: HOURS_24_MS,
      stepMs: HOURS_24_MS / 300,
    });
    times.push(performance.now() - startedMs);
    assert.equal(result.length, 7);
    assert.equal(result[0].values.length, 300);
  }
  const best = Math.min(...times);
  t.diagnostic(`${best.toFixed(1)} ms at best of ${times.length}`);
  // 15 ms on two cores that have nothing else to do.
  assert.ok(best < 100, `${best} ms`);
});
