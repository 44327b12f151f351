import { createMetrics } from '../../__testUtils__/createMetrics';
import { FakePrometheus } from '../../__testUtils__/FakePrometheus';
import type { Metrics } from '../Metrics';

let fake: FakePrometheus;
let metrics: Metrics;

beforeEach(async () => {
  fake = await FakePrometheus.start();
});

afterEach(async () => {
  await metrics.stop();
  await fake.stop();
});

function source(options: Parameters<typeof createMetrics>[1] = {}) {
  metrics = createMetrics(fake.url, options);
  const found = metrics.of('local');
  if (!found) {
    throw new Error('no source');
  }
  return found;
}

const FROM = Date.parse('2026-03-01T12:00:00Z');
const always = (value: number) => ({ value: () => value });

describe('traffic of a namespace', () => {
  const interval = {
    from: new Date(FROM).toISOString(),
    to: new Date(FROM + 120_000).toISOString(),
  };
  const edge = (from: string, to: string, service: string, code?: string) => ({
    source_workload: from,
    source_workload_namespace: from === 'unknown' ? 'unknown' : 'default',
    destination_workload: to,
    destination_service_name: service,
    ...(code && { response_code: code }),
  });
  const ended = (value: number) => ({
    value: (at: number) => (at === FROM + 120_000 ? 0 : value),
  });

  it('is who called whom, busiest first, with what reached no replica', async () => {
    const series = [
      { labels: edge('web', 'orders', 'shop-orders', '200'), ...always(8) },
      { labels: edge('web', 'orders', 'shop-orders', '500'), ...always(1) },
      { labels: edge('web', 'unknown', 'shop-orders', '503'), ...always(1) },
      { labels: edge('unknown', 'web', 'web', '200'), ...always(20) },
      { labels: edge('web', 'payments', 'payments', '0'), ...always(2) },
      { labels: edge('web', 'unknown', 'no-workload', '503'), ...always(1) },
      { labels: edge('idle', 'orders', 'shop-orders', '200'), ...always(0) },
      { labels: edge('web', 'unknown', 'unknown', '503'), ...always(5) },
    ];
    fake
      .on(/^histogram_quantile/, {
        labels: edge('web', 'orders', 'shop-orders'),
        ...always(84),
      })
      .on(/\[120s\]/, ...series)
      .on(
        /\[60s\]/,
        ...series.map(each =>
          each.labels.destination_workload === 'payments'
            ? { ...each, ...ended(2) }
            : each,
        ),
      );
    const { edges, notes } = await source().traffic(interval);
    expect(notes).toEqual([]);
    const place = (name: string) => ({ namespace: 'default', name });
    expect(edges).toEqual([
      {
        from: undefined,
        to: place('web'),
        service: 'web',
        requestsPerSecond: 20,
        errorRatio: 0,
        p95Ms: undefined,
        seenAt: interval.to,
      },
      {
        from: place('web'),
        to: place('orders'),
        service: 'shop-orders',
        requestsPerSecond: 10,
        errorRatio: expect.closeTo(0.2),
        p95Ms: 84,
        seenAt: interval.to,
      },
      expect.objectContaining({
        to: place('payments'),
        errorRatio: 1,
        seenAt: new Date(FROM + 110_000).toISOString(),
      }),
      expect.objectContaining({ to: place('no-workload'), errorRatio: 1 }),
    ]);
  });

  it('is told for a thousand workloads in as many queries as for one', async () => {
    const of = (name: string, code: string, value: number) => ({
      labels: {
        destination_workload: name,
        destination_service_name: name,
        response_code: code,
      },
      ...always(value),
    });
    fake
      .on(/^histogram_quantile/, {
        labels: { destination_workload: 'w7' },
        ...always(12),
      })
      .on(
        /^sum by/,
        ...Array.from({ length: 1_000 }, (_, n) => of(`w${n}`, '200', 3)),
        of('w7', '500', 1),
        {
          labels: {
            destination_workload: 'unknown',
            destination_service_name: 'shop-orders',
            response_code: '503',
          },
          ...always(1),
        },
        of('silent', '200', 0),
      );
    const { workloads } = await source().overview(interval, {
      trendStepMs: 60_000,
    });
    expect(fake.asked).toHaveLength(3);
    const named = (name: string) =>
      workloads.find(workload => workload.name === name);
    expect(workloads).toHaveLength(1_002);
    expect(named('w7')).toEqual({
      namespace: 'default',
      name: 'w7',
      requests: 480,
      requestsPerSecond: 4,
      errorRatio: 0.25,
      p95Ms: 12,
      trend: [0, 60_000, 120_000].map(at => [FROM + at, 4]),
    });
    expect(named('orders')).toMatchObject({ errorRatio: 1, requests: 120 });
    expect(named('silent')).toMatchObject({
      requests: 0,
      errorRatio: undefined,
    });
  });
});
