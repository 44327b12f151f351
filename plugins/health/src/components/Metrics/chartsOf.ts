import type {
  ChartLimit,
  ChartSeries,
  ChartUnit,
} from '@ghostlight/plugin-ghostlight-react';
import type { WorkloadMetrics } from '@ghostlight/plugin-health-common';

/** One chart of a workload, as data. */
export interface WorkloadChart {
  id: 'requests' | 'errors' | 'latency' | 'cpu' | 'memory';
  title: string;
  unit: ChartUnit;
  series: ChartSeries[];
  limit?: ChartLimit;
  reachesAtLeast?: number;
  missing?: (at: number) => string;
  /** What the figures are taken over. */
  note?: string;
}

/** What callers see first, then what it costs. */
export function chartsOf(metrics: WorkloadMetrics): WorkloadChart[] {
  const { cpuLimitCores, memoryLimitBytes } = metrics;
  const idle = new Set(
    metrics.requests.flatMap(([at, value]) => (value === 0 ? [at] : [])),
  );
  // Nobody asked is not the same as nothing known.
  const missing = (at: number) => (idle.has(at) ? 'no requests' : 'no data');
  return [
    {
      id: 'requests',
      title: 'Requests/s',
      unit: 'per-second',
      series: [{ name: 'requests', points: metrics.requests, filled: true }],
      reachesAtLeast: 1,
    },
    {
      id: 'errors',
      title: 'Errors',
      unit: 'ratio',
      series: [
        { name: 'errors', points: metrics.errors, tone: 'bad', filled: true },
      ],
      reachesAtLeast: 0.01,
      missing,
    },
    {
      id: 'latency',
      title: 'Latency',
      unit: 'ms',
      series: [
        { name: 'p50', points: metrics.p50Ms, tone: 'unknown', look: 'quiet' },
        { name: 'p95', points: metrics.p95Ms },
        { name: 'p99', points: metrics.p99Ms, tone: 'unknown', look: 'dashed' },
      ],
      missing,
    },
    {
      id: 'cpu',
      title: 'CPU of the busiest replica',
      unit: 'cores',
      series: [{ name: 'CPU', points: metrics.cpuCores, filled: true }],
      limit: limitOf(cpuLimitCores),
      // The table of replicas has the last sample of each, which jumps where this flows.
      note: 'moving average',
    },
    {
      id: 'memory',
      title: 'Memory of the largest replica',
      unit: 'bytes',
      series: [{ name: 'memory', points: metrics.memoryBytes, filled: true }],
      limit: limitOf(memoryLimitBytes),
    },
  ];
}

/** Whether anything was asked of the workload within the window. */
export function hasTraffic(metrics: WorkloadMetrics): boolean {
  return metrics.requests.some(([, value]) => value !== null && value > 0);
}

/** Whether requests were measured at all; without, nothing can be said about traffic. */
export function isMeasured(metrics: WorkloadMetrics): boolean {
  return metrics.requests.some(([, value]) => value !== null);
}

function limitOf(value: number | undefined): ChartLimit | undefined {
  return value === undefined || value <= 0
    ? undefined
    : { value, label: 'limit' };
}
