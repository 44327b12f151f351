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
