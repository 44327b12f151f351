import { createMetrics, ORDERS } from '../../__testUtils__/createMetrics';
import { FakePrometheus } from '../../__testUtils__/FakePrometheus';
import type { MetricPoint, Revision } from '../../types';
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
const range = {
  from: new Date(FROM).toISOString(),
  to: new Date(FROM + 60_000).toISOString(),
  stepMs: 15_000,
};
const values = (points: MetricPoint[]) => points.map(([, value]) => value);
const always = (value: number) => ({ value: () => value });
const until = (atMs: number, value: number) => ({
  value: (at: number) => (at <= FROM + atMs ? value : undefined),
});

it('knows its environments, and which have no Prometheus', () => {
  source();
  expect(metrics.of('blind')).toBeUndefined();
  expect(() => metrics.of('mars')).toThrow(/known: local, blind/);
});

describe('requests, errors and durations', () => {
  it('are on the grid that was asked for, with nothing where nothing was measured', async () => {
    fake
      .on(/response_code=~"5\.\.\|0"/, until(15_000, 0.5))
      .on(/^sum\(rate/, until(30_000, 2))
      .on(
        /^sum by \(le\)/,
        { labels: { le: '100' }, ...until(30_000, 90) },
        { labels: { le: '200' }, ...until(30_000, 99) },
        { labels: { le: '+Inf' }, ...until(30_000, 100) },
      );
    const red = await source().red(ORDERS, range);
    expect(red.requests).toEqual([
      [FROM, 2],
      [FROM + 15_000, 2],
      [FROM + 30_000, 2],
      [FROM + 45_000, undefined],
      [FROM + 60_000, undefined],
    ]);
    expect(values(red.errors)).toEqual([0.25, 0.25, 0, undefined, undefined]);
    expect(red.p50Ms[0][1]).toBeCloseTo((100 * 50) / 90);
    expect(red.p95Ms[0][1]).toBeCloseTo(100 + (100 * 5) / 9);
    // Beyond the highest bound it is that bound, as in Prometheus.
    expect(red.p99Ms[0][1]).toBeCloseTo(200);
    expect(values(red.p99Ms).slice(3)).toEqual([undefined, undefined]);
    expect(red.notes).toEqual([]);
  });

  it('are 0 where the workload was there and nobody asked', async () => {
    fake
      .on(/response_code/)
      .on(/^sum\(rate/, until(15_000, 2))
      .on(/^0 \* count\(container_memory/, until(30_000, 0));
    const red = await source().red(ORDERS, range);
    expect(values(red.requests)).toEqual([2, 2, 0, undefined, undefined]);
    expect(values(red.errors)).toEqual([0, 0, undefined, undefined, undefined]);
  });

  it('count what asked for the Service but reached no replica, in Istio’s names', async () => {
    await source().red(ORDERS, range);
    expect(fake.queries().slice(0, 3)).toEqual([
      'sum(rate(istio_requests_total{reporter="source",destination_workload_namespace="default",destination_workload="orders"}[60s]) or rate(istio_requests_total{reporter="source",destination_workload="unknown",destination_service_namespace="default",destination_service_name=~"shop-orders"}[60s]))',
      'sum(rate(istio_requests_total{reporter="source",destination_workload_namespace="default",destination_workload="orders",response_code=~"5..|0"}[60s]) or rate(istio_requests_total{reporter="source",destination_workload="unknown",destination_service_namespace="default",destination_service_name=~"shop-orders",response_code=~"5..|0"}[60s]))',
      'sum by (le) (rate(istio_request_duration_milliseconds_bucket{reporter="source",destination_workload_namespace="default",destination_workload="orders"}[60s]))',
    ]);
  });

  it('are of one revision by its version, which nothing that reached no replica had', async () => {
    const revision: Revision = {
      workload: ORDERS,
      hash: '7d4',
      version: 'a1b2c3d4e5f6',
      images: [],
      at: range.from,
    };
    await source().red(ORDERS, range, { revision });
    expect(fake.queries()[0]).toBe(
      'sum(rate(istio_requests_total{reporter="source",destination_workload_namespace="default",destination_workload="orders",destination_canonical_revision="a1b2c3d4e5f6"}[60s]))',
    );
    await source().red(ORDERS, range, {
      revision: { ...revision, version: undefined },
    });
    expect(fake.queries().at(-1)).not.toContain('a1b2');
    expect(fake.queries().join()).toContain('revision="latest"');
  });

  it('say so when the cluster could not tell its Services', async () => {
    const red = await source({
      list: () => Promise.reject(new Error('down')),
    }).red(ORDERS, range);
    expect(red.notes).toEqual([
      expect.stringContaining('Services of the cluster could not be listed'),
    ]);
  });

  it('take rates over four scrapes, or a scrape more than the step', async () => {
    const of = source();
    const windows = async (stepMs: number) => {
      const before = fake.asked.length;
      await of.red(ORDERS, {
        ...range,
        to: new Date(FROM + 10 * stepMs).toISOString(),
        stepMs,
      });
      return /\[(\w+)\]/.exec(fake.asked[before].query)?.[1];
    };
    expect(await windows(2_000)).toBe('60s');
    expect(await windows(30_000)).toBe('60s');
    expect(await windows(600_000)).toBe('615s');
  });
});

it('reads CPU and memory of the busiest replica by the names of its pods, past ones too', async () => {
  fake.on(/^max.*cpu/, always(0.25)).on(/^max.*memory/, always(1024));
  const usage = await source().usage({ ...ORDERS, name: 'a.b' }, range);
  expect(values(usage.cpuCores)).toEqual([0.25, 0.25, 0.25, 0.25, 0.25]);
  expect(values(usage.memoryBytes)).toEqual([1024, 1024, 1024, 1024, 1024]);
  expect(fake.queries()[0]).toBe(
    'max(sum by (pod) (rate(container_cpu_usage_seconds_total{namespace="default",pod=~"a\\\\.b-[bcdfghjklmnpqrstvwxz2456789]{1,10}-[bcdfghjklmnpqrstvwxz2456789]{5}",container!="",container!="POD"}[60s])))',
  );
});

describe('totals', () => {
  const interval = {
    from: new Date(FROM).toISOString(),
    to: new Date(FROM + 600_000).toISOString(),
  };
  const answers = (sinceMs: number) => {
    const from = (value: number) => ({
      value: (at: number) => (at >= FROM + sinceMs ? value : undefined),
    });
    fake
      .on(/response_code/, from(0.1))
      .on(/^sum\(rate/, from(2))
      .on(
        /^sum by \(le\)/,
        { labels: { le: '+Inf' }, ...from(2) },
        { labels: { le: '250' }, ...from(1.5) },
        { labels: { le: '500' }, ...from(1.9) },
      );
  };

  it('are rates over the whole stretch, slow ones by the nearest bucket, named', async () => {
    answers(0);
    const totals = await source().totals(ORDERS, interval, {
      slowerThanMs: [300, 500, 60_000],
    });
    expect(totals).toEqual({
      requests: expect.closeTo(1_200),
      errors: expect.closeTo(60),
      slow: [
        { thresholdMs: 300, bucketMs: 500, count: expect.closeTo(60) },
        { thresholdMs: 500, bucketMs: 500, count: expect.closeTo(60) },
        { thresholdMs: 60_000, bucketMs: Infinity, count: 0 },
      ],
      durations: [
        { leMs: 250, count: expect.closeTo(900) },
        { leMs: 500, count: expect.closeTo(1_140) },
        { leMs: Infinity, count: expect.closeTo(1_200) },
      ],
      measured: true,
      notes: [],
    });
    // Nobody asked since when there are data.
    expect(fake.asked).toHaveLength(3);
    expect(fake.queries()[0]).toContain('[600s]');
  });

  it('say since when there are data', async () => {
    answers(0);
    const of = source();
    expect(await of.totals(ORDERS, interval, { since: true })).toMatchObject({
      since: interval.from,
    });
    await metrics.stop();
    await fake.stop();
    fake = await FakePrometheus.start();
    answers(123_000);
    const { since } = await source().totals(ORDERS, interval, { since: true });
    const found = Date.parse(since ?? '') - FROM;
    expect(found).toBeGreaterThanOrEqual(123_000);
    expect(found).toBeLessThanOrEqual(123_000 + 15_000);
  });

  /** As rates are: there is one where two scrapes were within its window. */
  const scraped = (fromMs: number, toMs = Infinity) => ({
    value: (at: number, windowMs: number) => {
      const first = fromMs + 15_000;
      return at >= first && at - windowMs < Math.min(toMs, at) ? 2 : undefined;
    },
  });

  it.each([
    ['20 s', 20_000],
    ['5 min', 5 * 60_000],
    ['11 min', 11 * 60_000 + 7_351],
    ['3 h', 3 * 3_600_000],
    ['3 d', 3 * 24 * 3_600_000 + 1_234],
  ])('of 30 days say since when there are data: %s', async (_, knownMs) => {
    const toMs = FROM + 1_234;
    const from = new Date(toMs - 30 * 24 * 3_600_000).toISOString();
    fake.on(/^sum\(rate/, scraped(toMs - knownMs));
    const { since } = await source().totals(
      ORDERS,
      { from, to: new Date(toMs).toISOString() },
      { since: true },
    );
    const late = Date.parse(since ?? '') - (toMs - knownMs);
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThanOrEqual(3 * 15_000);
    expect(fake.asked.length).toBeLessThanOrEqual(5);
  });

  it.each([[1], [2]])(
    'see data of 10 min before a gap, begun %s d ago',
    async daysAgo => {
      const toMs = FROM;
      const day = 24 * 3_600_000;
      const beganMs = toMs - daysAgo * day + 12_000_000;
      const [before, after] = [
        scraped(beganMs, beganMs + 10 * 60_000),
        scraped(toMs - 60_000),
      ];
      fake.on(/^sum\(rate/, {
        value: (at, windowMs) =>
          before.value(at, windowMs) ?? after.value(at, windowMs),
      });
      const { since } = await source().totals(
        ORDERS,
        {
          from: new Date(toMs - 30 * day).toISOString(),
          to: new Date(toMs).toISOString(),
        },
        { since: true },
      );
      const late = Date.parse(since ?? '') - beganMs;
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(3 * 15_000);
    },
  );

  it('are none where there are none', async () => {
    const none = await source().totals(ORDERS, interval, { since: true });
    expect(none).toEqual({
      requests: 0,
      errors: 0,
      slow: [],
      durations: [],
      measured: false,
      notes: [],
    });
  });

  it('of a month are added up by day', async () => {
    answers(0);
    const day = 24 * 3_600_000;
    const totals = await source().totals(ORDERS, {
      from: new Date(FROM).toISOString(),
      to: new Date(FROM + 30 * day).toISOString(),
    });
    expect(totals.requests).toBeCloseTo(2 * 30 * 24 * 3_600);
    expect(fake.asked[0]).toMatchObject({ stepMs: day, fromMs: FROM + day });
    expect(fake.asked[0].query).toContain('[86400s]');
  });

  it('are of some time', async () => {
    await expect(
      source().totals(ORDERS, { from: range.to, to: range.from }),
    ).rejects.toThrow(/no stretch of time/);
  });
});

describe('restarts', () => {
  const pods = { namespace: 'default', names: ['orders-1', 'orders.2'] };
  const interval = {
    from: new Date(FROM).toISOString(),
    to: new Date(FROM + 600_000).toISOString(),
  };

  it('are those of the pods within the time', async () => {
    fake.on(/restarts_total/, always(2.1));
    const of = source();
    expect(await of.restarts(pods, interval)).toBe(2.1);
    expect(fake.asked[0]).toMatchObject({
      query:
        'sum(increase(kube_pod_container_status_restarts_total{namespace="default",pod=~"orders-1|orders\\\\.2"}[600s]))',
      toMs: FROM + 600_000,
    });
    expect(await of.restarts({ ...pods, names: [] }, interval)).toBeUndefined();
  });

  it.each<['istio' | 'app']>([['istio'], ['app']])(
    'are asked for by labels as they were renamed, with preset %s',
    async preset => {
      fake.on(/exported_namespace="default",exported_pod=~/, always(3));
      const query = 'sum(rate(x{n="$namespace",w="$workload"}[$window]))';
      const names = {
        preset,
        labels: { namespace: 'exported_namespace', pod: 'exported_pod' },
        queries:
          preset === 'app'
            ? { requests: query, errors: query, durations: query }
            : {},
      };
      expect(await source({ names }).restarts(pods, interval)).toBe(3);
    },
  );

  it('are unknown where nothing counts them', async () => {
    expect(await source().restarts(pods, interval)).toBeUndefined();
  });
});

describe('with other names', () => {
  it('asks for labels as they were renamed, and reads them', async () => {
    const names = {
      reporter: 'destination' as const,
      labels: {
        destination_workload: 'dst',
        source_workload: 'src',
        response_code: 'code',
      },
    };
    fake.on(/^sum by \(src/, {
      labels: { src: 'web', dst: 'orders', code: '500' },
      ...always(1),
    });
    const of = source({ names });
    const { edges } = await of.traffic(range);
    expect(edges).toMatchObject([
      { from: { name: 'web' }, to: { name: 'orders' }, errorRatio: 1 },
    ]);
    const red = await of.red(ORDERS, range);
    expect(fake.queries().join()).toContain('reporter="destination"');
    expect(fake.queries().join()).toContain('dst="orders"');
    expect(red.notes).toEqual([expect.stringContaining('where they arrive')]);
  });

  it('asks queries of one’s own, in seconds unless said otherwise', async () => {
    const names = {
      preset: 'app' as const,
      queries: {
        requests:
          'sum(rate(http_total{ns="$namespace",app="$workload"}[$window]))',
        errors:
          'sum(rate(http_total{ns="$namespace",pod=~"$pods",code=~"5.."}[$window]))',
        durations:
          'sum by (le) (rate(http_seconds_bucket{ns="$namespace",app="$workload"}[$window]))',
      },
    };
    fake
      .on(/^sum\(rate\(http_total/, always(4))
      .on(
        /http_seconds/,
        { labels: { le: '0.1' }, ...always(4) },
        { labels: { le: '+Inf' }, ...always(4) },
      );
    const of = source({ names });
    expect(of.preset).toBe('app');
    const red = await of.red(ORDERS, range);
    expect(red.p50Ms[0][1]).toBeCloseTo(50);
    expect(values(red.errors)).toEqual([1, 1, 1, 1, 1]);
    expect(fake.queries()[0]).toBe(
      'sum(rate(http_total{ns="default",app="orders"}[60s]))',
    );
    expect(await of.traffic(range)).toEqual({
      edges: [],
      notes: [expect.stringContaining('who calls whom is not known')],
    });
    const revision = { workload: ORDERS, hash: 'x', images: [], at: '' };
    expect((await of.red(ORDERS, range, { revision })).notes).toEqual([
      expect.stringContaining('do not tell revisions apart'),
    ]);
  });
});
