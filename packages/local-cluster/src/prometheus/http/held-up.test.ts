import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import * as engine from '../promql/index.ts';
import {
  type Answer,
  PrometheusFixture,
} from '../testing/prometheus-fixture.ts';
import { makeLabels } from '../tsdb/labels.ts';
import { Tsdb } from '../tsdb/tsdb.ts';
import { warmUp } from './warm-up.ts';

const SERIES = 300;
const HOURS = 20;
const EVERY_MS = 15_000;
const HOUR_S = 3_600;

/** Three hundred series of twenty hours, which is a million samples, behind the API. */
async function withHistory(t: TestContext) {
  const dataDir = mkdtempSync(join(tmpdir(), 'held-up-'));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const endMs = Math.floor(Date.now() / 60_000) * 60_000 - 60_000;
  let nowMs = endMs - HOURS * HOUR_S * 1000;
  const tsdb = Tsdb.open({
    folder: join(dataDir, 'prometheus'),
    now: () => nowMs,
  });
  const all = Array.from({ length: SERIES }, (_, nth) =>
    tsdb.series(
      makeLabels([
        ['__name__', 'jobs_total'],
        ['nth', String(nth)],
      ]),
    ),
  );
  for (; nowMs <= endMs; nowMs += EVERY_MS) {
    tsdb.advance(nowMs);
    for (const [nth, series] of all.entries()) {
      assert.ok(series);
      tsdb.append(series, nowMs, (nowMs % 1e9) * (nth + 1));
    }
    if (nowMs % 60_000 > 0) continue;
    tsdb.flush();
    await tsdb.maintain();
  }
  await tsdb.close();
  const fixture = await PrometheusFixture.start(t, {
    dataDir,
    intervalMs: 600_000,
  });
  return { fixture, endS: endMs / 1000 };
}

function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** What the answer was, and how long nobody else had a turn: in processor time, so that a busy machine does not count. */
async function heldUp(answering: Promise<Answer>) {
  const seen: { answer?: Answer } = {};
  const done = answering.then(answer => {
    seen.answer = answer;
  });
  let longestMs = 0;
  while (!seen.answer) {
    const beforeMs = workedMs();
    await setImmediate();
    longestMs = Math.max(longestMs, workedMs() - beforeMs);
  }
  await done;
  return { answer: seen.answer, longestMs };
}

/** 250 ms, and what lies between two looks at the clock, with garbage to collect. */
const LONGEST_MS = 600;
const HEAVY =
  'sum_over_time(max_over_time(quantile_over_time(0.9, jobs_total[1h])[6h:1m])[1h:1m])';

test('a query that is too heavy ends soon and says what to ask instead; nobody waits for it longer', async t => {
  const { fixture, endS } = await withHistory(t);
  const ask = (path: string, form: Record<string, string>) =>
    heldUp(
      fixture.ask(path, { method: 'POST', body: new URLSearchParams(form) }),
    );
  const range = { start: String(endS - 12 * HOUR_S), end: String(endS) };

  const instant = await ask('query', { query: HEAVY, time: String(endS) });
  assert.equal(instant.answer.code, 503, instant.answer.error);
  assert.equal(instant.answer.errorType, 'timeout');
  assert.match(instant.answer.error ?? '', /shorter time.*fewer series/);
  assert.ok(instant.longestMs < LONGEST_MS, `held up ${instant.longestMs} ms`);

  const ranged = await ask('query_range', {
    query: HEAVY,
    ...range,
    step: '600',
  });
  assert.equal(ranged.answer.code, 503, ranged.answer.error);
  assert.ok(ranged.longestMs < LONGEST_MS, `held up ${ranged.longestMs} ms`);

  const large = await ask('query_range', {
    query: 'jobs_total',
    ...range,
    step: '4',
  });
  assert.equal(large.answer.code, 422);
  assert.match(large.answer.error ?? '', /more than 1000000 points.*steps/);
  const all = await ask('query', {
    query: 'jobs_total[20h]',
    time: String(endS),
  });
  assert.ok(all.longestMs < LONGEST_MS, `held up ${all.longestMs} ms`);

  const usual = await ask('query_range', {
    query: 'sum(quantile_over_time(0.9, jobs_total[1h]))',
    ...range,
    step: '60',
  });
  assert.equal(usual.answer.code, 200, usual.answer.error);
  assert.match(JSON.stringify(usual.answer.data), /(\[\d+,"[^"]+"\],?){721}/);
  assert.ok(usual.longestMs < LONGEST_MS, `held up ${usual.longestMs} ms`);
});

test('what warms the engine up has an answer', async () => {
  assert.equal(await warmUp(engine), true);
});
