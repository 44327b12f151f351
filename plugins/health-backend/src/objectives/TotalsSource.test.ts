import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { FakeMetrics } from '../__testUtils__/FakeMetrics';
import { workloadOf } from '../__testUtils__/views';
import { TotalsSource } from './TotalsSource';

const MINUTE_MS = 60_000;
const { ref } = workloadOf();
let nowMs = Date.parse('2026-11-21T12:00:00Z');
let metrics: FakeMetrics;
let totals: TotalsSource;
const source = () => metrics.of('local')!;
const recent = (windowMs: number, environment = 'local') =>
  totals.recent(source(), { ...ref, environment }, windowMs);

beforeEach(() => {
  metrics = new FakeMetrics();
  totals = new TotalsSource({ now: () => new Date(nowMs) });
});

it('asks once for all who want the same, again when it is old for its window, and once for the past', async () => {
  await Promise.all([recent(5 * MINUTE_MS), recent(5 * MINUTE_MS)]);
  expect(metrics.asked).toBe(1);
  await recent(60 * MINUTE_MS);
  nowMs += 10_000;
  await recent(60 * MINUTE_MS);
  expect(metrics.asked).toBe(2);
  await recent(5 * MINUTE_MS);
  expect(metrics.asked).toBe(3);
  const past = { fromMs: nowMs - MINUTE_MS, toMs: nowMs };
  await totals.past(source(), ref, past);
  nowMs += 60 * MINUTE_MS;
  await totals.past(source(), ref, past);
  expect(metrics.asked).toBe(4);
});

it('remembers the latest alone of what is not finished', async () => {
  const fromMs = nowMs - MINUTE_MS;
  const unfinished = (toMs: number) =>
    totals.unfinished(source(), ref, { fromMs, toMs }, [], 'day');
  await unfinished(nowMs);
  await unfinished(nowMs);
  expect(metrics.asked).toBe(1);
  await unfinished(nowMs + 1);
  await unfinished(nowMs);
  expect(metrics.asked).toBe(3);
});

it('looks for when data begin only where a whole window is counted', async () => {
  await recent(5 * MINUTE_MS);
  await totals.past(source(), ref, { fromMs: nowMs - MINUTE_MS, toMs: nowMs });
  await totals.whole(source(), [ref], 60 * MINUTE_MS);
  expect(metrics.intervals.map(({ since }) => since)).toEqual([
    false,
    false,
    true,
  ]);
});

it('counts windows up to the moment of the whole while that is recent enough for them, and never up to before it', async () => {
  const month = 30 * 24 * 60 * MINUTE_MS;
  const count = async (windowMs: number) => {
    const whole = await totals.whole(source(), [ref], month);
    await totals.recent(source(), ref, windowMs, [], whole);
    return whole.atMs;
  };
  const begin = nowMs;
  const lastEnd = (windowMs: number) =>
    metrics.intervals.findLast(
      ({ fromMs, toMs }) => toMs - fromMs === windowMs,
    )!.toMs;
  await recent(60 * MINUTE_MS);
  nowMs += 10_000;
  // An hour asked for 10 s ago would do, were it not older than the whole.
  expect(await count(60 * MINUTE_MS)).toBe(begin + 10_000);
  expect(lastEnd(60 * MINUTE_MS)).toBe(begin + 10_000);
  nowMs += 19_000;
  await count(6 * 60 * MINUTE_MS);
  expect(lastEnd(6 * 60 * MINUTE_MS)).toBe(begin + 10_000);
  await count(5 * MINUTE_MS);
  expect(lastEnd(5 * MINUTE_MS)).toBe(begin + 29_000);
  // Much is known of the month, so its count is good for minutes.
  nowMs += 290_000;
  expect(await count(5 * MINUTE_MS)).toBe(begin + 10_000);
  nowMs += 11_000;
  expect(await count(5 * MINUTE_MS)).toBe(nowMs);
});

it('counts a whole again at once when the last time failed', async () => {
  metrics.failure = new InputError('no such function');
  await expect(totals.whole(source(), [ref], MINUTE_MS)).rejects.toThrow();
  metrics.failure = undefined;
  nowMs += 1_000;
  const { atMs } = await totals.whole(source(), [ref], MINUTE_MS);
  expect(atMs).toBe(nowMs);
});

it('leaves a dead Prometheus alone for a moment, and those of other environments are asked', async () => {
  metrics.failure = new ServiceUnavailableError('local did not answer');
  const many = await Promise.allSettled(
    Array.from({ length: 100 }, (_, n) => recent((n + 1) * MINUTE_MS)),
  );
  expect(many.every(({ status }) => status === 'rejected')).toBe(true);
  expect(metrics.asked).toBeLessThanOrEqual(8);
  metrics.failure = undefined;
  await expect(recent(MINUTE_MS)).rejects.toThrow('local did not answer');
  await recent(MINUTE_MS, 'staging');
  nowMs += 5_000;
  await recent(MINUTE_MS);
});

it('keeps asking when only the question was wrong', async () => {
  metrics.failure = new InputError('no such function');
  await expect(recent(MINUTE_MS)).rejects.toThrow('no such function');
  metrics.failure = undefined;
  await recent(MINUTE_MS);
});
