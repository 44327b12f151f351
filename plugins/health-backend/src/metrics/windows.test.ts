import type {
  MetricRange,
  MetricSource,
} from '@ghostlight/plugin-clusters-node';
import { workloadOf } from '../__testUtils__/views';
import { rangeOf } from './windows';
import { workloadMetrics } from './workloadMetrics';

const NOW = new Date('2026-11-21T12:09:53.217Z');

it.each([
  ['PT24H', '2026-11-20T12:10:00.000Z', '2026-11-21T12:00:00.000Z'],
  ['PT6H', '2026-11-21T06:10:00.000Z', '2026-11-21T12:08:00.000Z'],
  ['PT1H', '2026-11-21T11:10:00.000Z', '2026-11-21T12:09:40.000Z'],
] as const)(
  'ends now in %s, and its grid does not move',
  (window, from, to) => {
    const range = rangeOf(window, undefined, NOW);
    expect(range.to).toBe('2026-11-21T12:09:50.000Z');
    expect(range.from).toBe(from);
    expect(range.grid).toEqual({ from, to, stepMs: range.stepMs });
    const later = rangeOf(window, undefined, new Date(NOW.getTime() + 1_000));
    expect(later).toEqual(range);
  },
);

it('needs no point of its own for now where points are close', () => {
  const short = (['PT15M', 'PT5M'] as const).map(window =>
    rangeOf(window, undefined, NOW),
  );
  expect(short.map(({ to, present }) => [to, present])).toEqual([
    ['2026-11-21T12:09:50.000Z', undefined],
    ['2026-11-21T12:09:52.000Z', undefined],
  ]);
});

it('takes the last rate over a short time, so that it is one of now', async () => {
  const asked: MetricRange[] = [];
  const points = ({ from, to, stepMs }: MetricRange, value: number) => {
    const count = (Date.parse(to) - Date.parse(from)) / stepMs + 1;
    return Array.from({ length: count }, (_, n): [number, number] => [
      Date.parse(from) + n * stepMs,
      value,
    ]);
  };
  const source: Pick<MetricSource, 'red' | 'usage'> = {
    red: async (_, range) => {
      asked.push(range);
      const value = asked.length === 1 ? 0.05 : 0.65;
      const series = points(range, value);
      return {
        requests: series,
        errors: series,
        p50Ms: series,
        p95Ms: series,
        p99Ms: series,
        notes: [],
      };
    },
    usage: async (_, range) => ({
      cpuCores: points(range, 1),
      memoryBytes: points(range, 1),
      notes: [],
    }),
  };
  const range = rangeOf('PT24H', undefined, NOW);
  const { metrics } = await workloadMetrics(
    source,
    workloadOf(),
    range,
    undefined,
  );
  const present = Date.parse(range.to) / 1_000;
  expect(metrics.requests).toHaveLength(145);
  expect(metrics.requests.slice(-2)).toEqual([
    [Date.parse('2026-11-21T12:00:00Z') / 1_000, 0.05],
    [present, 0.65],
  ]);
  for (const series of [metrics.p95Ms, metrics.cpuCores, metrics.memoryBytes]) {
    expect(series).toHaveLength(145);
    expect(series.at(-1)?.[0]).toBe(present);
  }
  expect(asked[1].stepMs).toBeLessThanOrEqual(5_000);
});
