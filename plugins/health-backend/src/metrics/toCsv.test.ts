import type { HealthMetrics } from '@ghostlight/plugin-health-common';
import { toCsv } from './toCsv';

function metricsOf(message: string, value: number | null): HealthMetrics {
  const points: Array<[number, number | null]> = [[1_772_366_400, value]];
  return {
    entityRef: 'component:default/orders',
    environment: 'local',
    from: '2026-03-01T12:00:00.000Z',
    to: '2026-03-01T12:00:00.000Z',
    stepSeconds: 20,
    notes: [],
    workloads: ['orders', 'orders-worker'].map(name => ({
      workload: { namespace: 'default', kind: 'Deployment', name },
      requests: points,
      errors: points,
      p50Ms: points,
      p95Ms: points,
      p99Ms: points,
      cpuCores: points,
      memoryBytes: points,
    })),
    deploys: [
      {
        at: '2026-03-01T11:59:50.000Z',
        workload: 'orders',
        revision: message,
      },
    ],
  };
}

const rows = (message: string, value: number | null = null) =>
  toCsv(metricsOf(message, value)).split('\r\n');

it('has a row for each workload and leaves unmeasured cells empty', () => {
  expect(rows('7d4')).toEqual([
    expect.stringContaining(
      'errors (share of requests, 0 to 1)'.replace(/^/, '"'),
    ),
    '2026-03-01T12:00:00.000Z,local,default,orders,,,,,,,,7d4',
    '2026-03-01T12:00:00.000Z,local,default,orders-worker,,,,,,,,',
    '',
  ]);
});

it('keeps numbers as they are', () => {
  expect(rows('7d4', -1.5)[1]).toMatch(/,-1\.5,-1\.5,/);
});

it.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@cmd', `"'@cmd"`],
  ['\t=1', `"'\t=1"`],
  ['a, b', '"a, b"'],
  ['say "no"', '"say ""no"""'],
])('puts %s in as text', (message, cell) => {
  expect(rows(message)[1]).toBe(
    `2026-03-01T12:00:00.000Z,local,default,orders,,,,,,,,${cell}`,
  );
});

it('tells a deploy once, also where the last step is a shorter one', () => {
  const metrics = metricsOf('7d4', 1);
  const [orders] = metrics.workloads;
  const requests = [0, 20, 25].map((seconds): [number, number] => [
    1_772_366_400 + seconds,
    1,
  ]);
  const file = toCsv({
    ...metrics,
    workloads: [{ ...orders, requests }],
    deploys: [{ ...metrics.deploys[0], at: '2026-03-01T12:00:15.000Z' }],
  });
  expect(file.split('\r\n').filter(row => row.includes('7d4'))).toEqual([
    expect.stringMatching(/^2026-03-01T12:00:20/),
  ]);
});
