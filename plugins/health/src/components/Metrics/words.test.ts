import type { HealthPoint } from '@ghostlight/plugin-health-common';
import { someMetrics } from '../../testing/metrics';
import { chartsOf, hasTraffic, isMeasured } from './chartsOf';
import { deployMarkers } from './deployMarkers';
import { trafficWords } from './trafficWords';

const [workload] = someMetrics().workloads;

function points(...values: (number | null)[]): HealthPoint[] {
  return values.map((value, n) => [n * 5, value]);
}

function workloadWith(changes: Partial<typeof workload>) {
  return { ...workload, ...changes };
}

/** At the end of the last points. */
function wordsOf(workloads: (typeof workload)[]) {
  const to = workloads[0]?.requests.at(-1)?.[0] ?? 0;
  return trafficWords({
    workloads,
    from: new Date(0).toISOString(),
    to: new Date(to * 1000).toISOString(),
    stepSeconds: 5,
  });
}

describe('trafficWords', () => {
  const busy = workloadWith({
    requests: points(30, 10),
    errors: points(0, 0.1),
    p95Ms: points(80, 84.2),
  });

  it('tells the newest of each, as the charts do in their heads', () => {
    // An average would be 20 requests/s with 2.5 % errors.
    expect(wordsOf([busy])).toBe('10 requests/s, 10 % errors, p95 84.2 ms now');
  });

  it('adds up workloads and tells the slowest', () => {
    const slow = workloadWith({
      requests: points(2, 2),
      errors: points(0, 0),
      p95Ms: points(300, 310),
    });
    // 1 of 12 requests failed, not half of 10 %.
    expect(wordsOf([busy, slow])).toBe(
      '12 requests/s, 8.33 % errors, p95 310 ms now',
    );
  });

  it('says nothing without traffic, and nothing that is not of now', () => {
    expect(wordsOf([workloadWith({ requests: points(0, 0) })])).toBeUndefined();
    expect(wordsOf([])).toBeUndefined();
    expect(wordsOf([workloadWith({ requests: points(1, 0) })])).toBe(
      'No requests now',
    );
    expect(
      wordsOf([
        workloadWith({ requests: points(1, null, null, null, null, null) }),
      ]),
    ).toBeUndefined();
    const old = workloadWith({
      requests: points(1, 1, 1, 1, 1, 1),
      errors: points(0, 0, 0, 0, 0, 0),
      p95Ms: points(80, 80, null, null, null, null),
    });
    expect(wordsOf([old])).toBe('1 requests/s, 0 % errors now');
  });
});

describe('charts of a workload', () => {
  it('tells no requests from no data', () => {
    const idle = workloadWith({ requests: points(1, 0, null) });
    const errors = chartsOf(idle).find(({ id }) => id === 'errors');
    expect(errors?.missing?.(5)).toBe('no requests');
    expect(errors?.missing?.(10)).toBe('no data');
    expect(hasTraffic(idle)).toBe(true);
    expect(isMeasured(workloadWith({ requests: points(null, null) }))).toBe(
      false,
    );
  });

  it('draws a limit only where there is one', () => {
    const charts = chartsOf(workloadWith({ memoryLimitBytes: undefined }));
    expect(charts.find(({ id }) => id === 'memory')?.limit).toBeUndefined();
    expect(charts.find(({ id }) => id === 'cpu')?.limit?.value).toBe(0.5);
  });
});

it('names a deploy by its commit, what it says and who deployed it, as far as known', () => {
  const { deploys } = someMetrics();
  expect(deployMarkers(deploys, 'orders')).toEqual([
    expect.objectContaining({
      title: 'Deploy a1b2c3d',
      detail: 'Greet people by their first name, by Maya Lindqvist',
    }),
  ]);
  expect(deployMarkers(deploys, 'payments')).toEqual([]);
  const bare = { at: deploys[0].at, workload: 'orders', revision: '7d4f9' };
  expect(deployMarkers([bare], 'orders')).toEqual([
    expect.objectContaining({ title: 'Deploy 7d4f9', detail: undefined }),
  ]);
});
