import { FakeMetrics } from '../__testUtils__/FakeMetrics';
import { environmentOf, NOW, workloadOf } from '../__testUtils__/views';
import { TotalsSource } from '../objectives/TotalsSource';
import { MetricReader } from './MetricReader';

let metrics: FakeMetrics;
const reader = () => {
  const now = () => NOW;
  return new MetricReader({
    environment: environmentOf('local', [workloadOf()]),
    source: metrics.of('local'),
    totals: new TotalsSource({ now }),
    overMs: 60_000,
    now,
  });
};

beforeEach(() => {
  metrics = new FakeMetrics();
});

it('reads restarts of the pods that are there within 10 min, by their meaning and not by a name', async () => {
  expect(await reader().values('restarts', 'count')).toEqual([]);
  metrics.restarts = 2.1;
  expect(await reader().values('restarts', 'count')).toEqual([2]);
  expect(metrics.restartsAsked.at(-1)).toEqual({
    pods: {
      namespace: 'default',
      names: ['orders-new-1', 'orders-new-2', 'orders-new-3'],
    },
    seconds: 600,
  });
});

it('knows requests where they are measured, and does not look for since when', async () => {
  expect(await reader().values('requests', 'per-second')).toEqual([10]);
  metrics.rate = 0;
  expect(await reader().values('requests', 'per-second')).toEqual([0]);
  metrics.silent = true;
  expect(await reader().values('requests', 'per-second')).toEqual([]);
  expect(metrics.intervals.some(({ since }) => since)).toBe(false);
});
