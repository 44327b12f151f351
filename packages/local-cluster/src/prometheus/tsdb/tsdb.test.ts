import assert from 'node:assert/strict';
import {
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  appendFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Matcher, STALE } from '../types.ts';
import { makeLabels } from './labels.ts';
import type { TsdbLimits } from './limits.ts';
import { Tsdb } from './tsdb.ts';

const HOUR_MS = 3_600_000;
const BEGIN_MS = Date.parse('2026-01-01T00:00:00Z');

const named = (name: string): Matcher[] => [
  { name: '__name__', operator: '=', value: name },
];

/** A database over a temporary folder, and its time. */
function fixture(t: TestContext, limits: Partial<TsdbLimits> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tsdb-'));
  const clock = { nowMs: BEGIN_MS };
  const opened: Tsdb[] = [];
  const open = () => {
    const tsdb = Tsdb.open({ folder, now: () => clock.nowMs, limits });
    opened.push(tsdb);
    return tsdb;
  };
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, clock, open };
}

function series(tsdb: Tsdb, labels: Record<string, string>) {
  const made = tsdb.series(makeLabels(Object.entries(labels)));
  assert.ok(made);
  return made;
}

/** Samples every 5 s until `hours` passed, with the upkeep that goes on beside. */
async function fill(
  tsdb: Tsdb,
  clock: { nowMs: number },
  hours: number,
  values: Record<string, (nth: number) => number>,
) {
  const all = Object.entries(values).map(([name, valueOf]) => ({
    made: series(tsdb, { __name__: name }),
    valueOf,
  }));
  const endMs = clock.nowMs + hours * HOUR_MS;
  for (let nth = 0; clock.nowMs < endMs; nth += 1) {
    clock.nowMs += 5_000;
    tsdb.advance(clock.nowMs);
    for (const { made, valueOf } of all) {
      tsdb.append(made, clock.nowMs, valueOf(nth));
    }
    if (nth % 12 === 0) {
      tsdb.flush();
      await tsdb.maintain();
    }
  }
}

const samplesOf = (tsdb: Tsdb, name: string) => {
  const [found] = tsdb.select(named(name), -Infinity, Infinity);
  return [...(found?.timesMs ?? [])].map(
    (timeMs, i) => [timeMs, found.values[i]] as const,
  );
};

test('what was flushed is there after a kill, and is gone on with', t => {
  const { clock, open } = fixture(t);
  const killed = open();
  const up = series(killed, { __name__: 'up', job: 'a' });
  const odd = [
    1,
    0.1,
    -0,
    NaN,
    Infinity,
    STALE,
    1,
    1,
    1,
    2 ** 60,
    1e-300,
    12.34,
  ];
  for (const [i, value] of odd.entries()) {
    killed.append(up, BEGIN_MS + i * 5_000, value);
  }
  killed.flush();
  killed.append(up, BEGIN_MS + 999_000, 7);
  // Never closed: as after kill -9, the last sample was not flushed.
  const next = open();
  assert.deepEqual(
    samplesOf(next, 'up').map(([, value]) => value),
    odd,
  );
  clock.nowMs = BEGIN_MS + 1_000_000;
  assert.ok(
    next.append(series(next, { __name__: 'up', job: 'a' }), clock.nowMs, 5),
  );
  next.flush();
  assert.equal(samplesOf(open(), 'up').at(-1)?.[1], 5);
});

test('half a record at the end of the log is left out, and what follows it is not', t => {
  const { folder, open } = fixture(t);
  const killed = open();
  killed.append(series(killed, { __name__: 'up' }), BEGIN_MS, 1);
  killed.flush();
  appendFileSync(join(folder, '1.wal'), Buffer.from([200, 0, 0, 0, 1, 2, 3]));
  appendFileSync(join(folder, 'series.jsonl'), '[2,{"__na');
  const next = open();
  next.append(series(next, { __name__: 'up' }), BEGIN_MS + 1, 2);
  next.append(series(next, { __name__: 'down' }), BEGIN_MS + 1, 3);
  next.flush();
  const last = open();
  assert.deepEqual(
    samplesOf(last, 'up').map(([, value]) => value),
    [1, 2],
  );
  assert.deepEqual(
    samplesOf(last, 'down').map(([, value]) => value),
    [3],
  );
});

test('a day is kept: exact for two hours, thinned before, gone after', async t => {
  const { folder, clock, open } = fixture(t);
  const tsdb = open();
  let total = 0;
  await fill(tsdb, clock, 27, {
    jobs_total: nth => {
      // Starts anew every hour.
      total = nth % 720 === 719 ? 0 : total + (nth % 7);
      return total;
    },
    memory_bytes: nth => 1e6 + ((nth * 7919) % 1000),
  });
  const jobs = samplesOf(tsdb, 'jobs_total');
  assert.ok(jobs[0][0] >= clock.nowMs - 25.5 * HOUR_MS, 'older ones are gone');
  assert.ok(jobs[0][0] <= clock.nowMs - 24 * HOUR_MS, 'a day is there');
  const recent = jobs.filter(([timeMs]) => timeMs > clock.nowMs - 2 * HOUR_MS);
  assert.equal(recent.length, 2 * 720);
  const old = jobs.filter(([timeMs]) => timeMs < clock.nowMs - 4 * HOUR_MS);
  assert.ok(old.length < 20 * 130 + 200, `${old.length} of old samples`);
  assert.ok(
    old.every(([timeMs], i) => i === 0 || timeMs - old[i - 1][0] <= 60_000),
    'no gap is longer than two slots',
  );
  // Thinning loses no increase: the sum over all resets is as it was made.
  const first = jobs[0][0];
  let expected = 0;
  let before: number | undefined;
  let value = 0;
  for (let nth = 0; nth < (clock.nowMs - BEGIN_MS) / 5_000; nth += 1) {
    value = nth % 720 === 719 ? 0 : value + (nth % 7);
    if (BEGIN_MS + (nth + 1) * 5_000 < first) continue;
    if (before !== undefined)
      expected += value < before ? value : value - before;
    before = value;
  }
  let increase = 0;
  for (let i = 1; i < jobs.length; i += 1) {
    const [now, was] = [jobs[i][1], jobs[i - 1][1]];
    increase += now < was ? now : now - was;
  }
  assert.equal(increase, expected);
  const bytes = readdirSync(folder).reduce(
    (sum, name) => sum + statSync(join(folder, name)).size,
    0,
  );
  assert.ok(bytes < 80_000, `${bytes} bytes on disk for two series`);
  await tsdb.close();
  assert.deepEqual(samplesOf(open(), 'jobs_total'), jobs, 'after a restart');
});

test('series without samples are forgotten, also by a restart', async t => {
  const { clock, open } = fixture(t);
  const tsdb = open();
  await fill(tsdb, clock, 1, { old_total: nth => nth });
  await fill(tsdb, clock, 26, { new_total: nth => nth });
  assert.deepEqual(tsdb.index.labelValues('__name__'), ['new_total']);
  await tsdb.close();
  assert.deepEqual(open().index.labelValues('__name__'), ['new_total']);
});

test('samples out of order and duplicates are dropped and counted', t => {
  const tsdb = fixture(t).open();
  const up = series(tsdb, { __name__: 'up' });
  assert.ok(tsdb.append(up, BEGIN_MS, 1));
  assert.ok(!tsdb.append(up, BEGIN_MS, 2));
  assert.ok(!tsdb.append(up, BEGIN_MS - 1, 3));
  assert.deepEqual(samplesOf(tsdb, 'up'), [[BEGIN_MS, 1]]);
  assert.equal(tsdb.dropped.outOfOrder, 2);
});

test('a clock that is set back takes what is later with it and goes on', async t => {
  const { clock, open } = fixture(t);
  const tsdb = open();
  await fill(tsdb, clock, 3, { jobs_total: nth => nth });
  clock.nowMs = BEGIN_MS + HOUR_MS;
  await fill(tsdb, clock, 0.05, { jobs_total: nth => 10_000 + nth });
  const jobs = samplesOf(tsdb, 'jobs_total');
  assert.ok(jobs.every(([timeMs], i) => i === 0 || timeMs > jobs[i - 1][0]));
  assert.equal(jobs.at(-1)?.[0], clock.nowMs);
  assert.ok((jobs.at(-1)?.[1] ?? 0) > 10_000);
  assert.ok(
    jobs.some(([timeMs]) => timeMs < BEGIN_MS + HOUR_MS),
    'history stays',
  );
  assert.match(tsdb.problems().join(), /the clock was set back/);
  await tsdb.close();
  assert.deepEqual(samplesOf(open(), 'jobs_total'), jobs);
});

test('more series than allowed are dropped, counted and said', t => {
  const tsdb = fixture(t, { series: 3 }).open();
  for (let i = 0; i < 3; i += 1) series(tsdb, { __name__: 'up', i: String(i) });
  const labels = makeLabels([
    ['__name__', 'up'],
    ['i', '3'],
  ]);
  assert.equal(tsdb.series(labels), undefined);
  assert.equal(tsdb.dropped.seriesLimit, 1);
  assert.match(tsdb.problems().join(), /3 series already/);
  const long = makeLabels([
    ['__name__', 'up'],
    ['path', 'x'.repeat(5_000)],
  ]);
  assert.equal(tsdb.series(long), undefined);
  assert.equal(tsdb.dropped.labelLimit, 1);
  assert.match(tsdb.problems().join(), /its label path is longer/);
});

test('a selector that would read too much is refused in words', t => {
  const tsdb = fixture(t, { samplesPerSelect: 5 }).open();
  const up = series(tsdb, { __name__: 'up' });
  for (let i = 0; i < 10; i += 1) tsdb.append(up, BEGIN_MS + i, i);
  assert.throws(
    () => tsdb.select(named('up'), -Infinity, Infinity),
    /would read 10 samples, more than the 5/,
  );
});

test('matchers find by equality, absence and regular expression, whatever a label is called', t => {
  const tsdb = fixture(t).open();
  const all: Record<string, string>[] = [
    { __name__: 'a', constructor: 'x' },
    { __name__: 'a', code: '200' },
    { __name__: 'a', code: '503' },
    { __name__: 'b', code: '200' },
  ];
  for (const labels of all) {
    tsdb.append(series(tsdb, labels), BEGIN_MS, 1);
  }
  const find = (...matchers: [string, Matcher['operator'], string][]) =>
    tsdb
      .select(
        matchers.map(([name, operator, value]) => ({ name, operator, value })),
        -Infinity,
        Infinity,
      )
      .map(({ labels }) => Object.values(labels).join());
  assert.deepEqual(find(['__name__', '=', 'a'], ['code', '=', '']), ['a,x']);
  assert.deepEqual(find(['code', '=~', '2..']), ['a,200', 'b,200']);
  assert.deepEqual(find(['code', '!~', '2..|5..']), ['a,x']);
  assert.deepEqual(find(['__name__', '=', 'a'], ['code', '!=', '']), [
    'a,200',
    'a,503',
  ]);
  assert.deepEqual(find(['constructor', '=', 'x']), ['a,x']);
});

test('a disk that takes no more stops nothing: samples stay in memory and it is said', async t => {
  const { folder, clock, open } = fixture(t);
  const tsdb = open();
  rmSync(folder, { recursive: true });
  await fill(tsdb, clock, 1, { jobs_total: nth => nth });
  assert.equal(samplesOf(tsdb, 'jobs_total').length, 720);
  assert.match(tsdb.problems().join(), /cannot be written/);
});
