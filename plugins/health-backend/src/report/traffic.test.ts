import type { WorkloadTraffic } from '@ghostlight/plugin-clusters-node';
import { environmentOf, NOW, podOf, workloadOf } from '../__testUtils__/views';
import { trafficKey } from '../service/TrafficSource';
import { buildReport, summarize } from './buildReport';
import { msWords, percentWords } from './trafficWords';

const ref = workloadOf().ref;

function trafficOf(changes: Partial<WorkloadTraffic> = {}): WorkloadTraffic {
  return {
    namespace: 'default',
    name: 'orders',
    requests: 3_000,
    requestsPerSecond: 10,
    errorRatio: 0.002,
    p95Ms: 84.2,
    ...changes,
  };
}

function report(
  traffic: Partial<WorkloadTraffic> | undefined,
  workloads = [workloadOf()],
) {
  return buildReport({
    entityRef: 'component:default/orders',
    now: NOW,
    annotated: { kind: 'yes', selector: 'x' },
    environments: [environmentOf('local', workloads)],
    usage: new Map(),
    traffic: new Map(
      traffic ? [[trafficKey(ref), trafficOf(traffic)]] : undefined,
    ),
    alerts: new Map(),
    commits: new Map(),
    names: new Map([['user:default/maya', 'Maya']]),
  });
}

it('tells errors and latency beside replicas', () => {
  const { status, sentence, ...rest } = report({});
  expect({ status, sentence }).toEqual({
    status: 'healthy',
    sentence:
      'Healthy. 3 of 3 replicas ready, 0.2 % errors, p95 84 ms (last 5 min). Last deploy 12 min ago (a1b2c3d by Maya).',
  });
  const expected = {
    window: 'PT5M',
    requestsPerSecond: 10,
    errorRatio: 0.002,
    p95Ms: 84.2,
  };
  expect(rest.traffic).toEqual(expected);
  expect(rest.environments[0].workloads[0].traffic).toEqual(expected);
  expect(summarize({ status, sentence, ...rest }).traffic).toEqual(expected);
});

it('says as little as before where nothing is measured, and that nobody asked where nobody did', () => {
  expect(report(undefined).sentence).toMatch(
    /^Healthy\. 3 of 3 replicas ready\. Last/,
  );
  expect(report(undefined).traffic).toBeUndefined();
  expect(
    report({
      requests: 0,
      requestsPerSecond: 0,
      errorRatio: undefined,
      p95Ms: undefined,
    }).sentence,
  ).toMatch(/^Healthy\. 3 of 3 replicas ready, no requests \(last 5 min\)\./);
});

it.each([
  [20, 0.0499, 'healthy', /ready, 5 % errors, p95/],
  [
    20,
    0.05,
    'degraded',
    /^Degraded\. 3 of 3 replicas ready, but 5 % of requests failed, p95 84 ms \(last 5 min\)\./,
  ],
  [20, 0.49, 'degraded', /but 49 % of requests failed/],
  [
    20,
    0.5,
    'failing',
    /^Failing\. 3 of 3 replicas ready, but 50 % of requests failed/,
  ],
  [19.9, 1, 'healthy', /ready, 100 % errors/],
])(
  '%d requests of which %d fail are %s',
  (requests, errorRatio, status, sentence) => {
    const made = report({ requests, errorRatio });
    expect(made.status).toBe(status);
    expect(made.sentence).toMatch(sentence);
  },
);

it('never makes better what its replicas say', () => {
  const down = workloadOf({
    ready: 0,
    pods: [
      podOf('orders-new-1', {
        state: 'crashing',
        ready: false,
        notReadyReason: 'out of memory',
      }),
    ],
  });
  expect(report({ errorRatio: 0.06 }, [down])).toMatchObject({
    status: 'failing',
    sentence: expect.stringContaining(
      '0 of 3 replicas ready, but 6 % of requests failed, p95 84 ms (last 5 min). orders-new-1 is crashing: out of memory.',
    ),
  });
  expect(
    report({ errorRatio: 1 }, [workloadOf({ desired: 0, pods: [] })]).status,
  ).toBe('unknown');
});

it('adds up several workloads', () => {
  const worker = workloadOf({ ref: { ...ref, name: 'orders-worker' } });
  expect(report({}, [workloadOf(), worker]).sentence).toBe(
    'Healthy. 6 of 6 replicas of 2 workloads ready, 0.2 % errors, p95 84 ms (last 5 min).',
  );
});

it('writes numbers that can be read out', () => {
  expect(
    [0, 0.0004, 0.001, 0.0123, 0.0999, 0.123, 1].map(percentWords),
  ).toEqual([
    '0 %',
    'less than 0.1 %',
    '0.1 %',
    '1.2 %',
    '10 %',
    '12 %',
    '100 %',
  ]);
  expect(
    [0.42, 8.456, 84.23, 999.4, 999.6, 1_234, 12_345].map(msWords),
  ).toEqual([
    '0.42 ms',
    '8.5 ms',
    '84 ms',
    '999 ms',
    '1 s',
    '1.23 s',
    '12.3 s',
  ]);
});
