import type {
  HealthMetrics,
  HealthWindow,
  WorkloadMetrics,
} from '@ghostlight/plugin-health-common';
import { wander } from './series';

const MiB = 1024 ** 2;

/** Seconds of each window and of its steps, as the backend chooses them. */
const windows: Record<HealthWindow, { seconds: number; step: number }> = {
  PT5M: { seconds: 300, step: 5 },
  PT15M: { seconds: 900, step: 5 },
  PT1H: { seconds: 3600, step: 20 },
  PT6H: { seconds: 21_600, step: 120 },
  PT24H: { seconds: 86_400, step: 480 },
};

export interface MetricsWanted {
  window?: HealthWindow;
  to?: string;
  /** Names of the workloads; default `orders`. */
  workloads?: string[];
  changes?: Partial<HealthMetrics>;
}

/** Believable numbers: a daily wave, a deploy in the middle that brings a short burst of errors, a gap of one minute in fifteen. */
export function someMetrics(wanted: MetricsWanted = {}): HealthMetrics {
  const { window = 'PT15M', workloads = ['orders'], changes } = wanted;
  const { seconds, step } = windows[window];
  const end = Math.floor(Date.parse(wanted.to ?? iso(now())) / 1000 / step);
  const times = Array.from(
    { length: seconds / step + 1 },
    (_, n) => (end - seconds / step + n) * step,
  );
  const to = times[times.length - 1];
  const deployedAt = to - seconds / 2;
  return {
    entityRef: 'component:default/orders',
    environment: 'local',
    from: iso(to - seconds),
    to: iso(to),
    stepSeconds: step,
    notes: [],
    workloads: workloads.map((name, n) =>
      seriesOf(name, n, times, deployedAt, seconds),
    ),
    deploys: workloads.slice(0, 1).map(workload => ({
      at: iso(deployedAt),
      workload,
      revision: '7d4f9c6b5',
      commit: {
        repo: workload,
        sha: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
        message: 'Greet people by their first name',
      },
      by: 'user:default/maya',
      byName: 'Maya Lindqvist',
    })),
    ...changes,
  };
}

/** Nothing was ever asked of it: CPU and memory are there, requests are not. */
export function metricsWithoutTraffic(): HealthMetrics {
  const metrics = someMetrics();
  const zero = ([at]: [number, number | null]): [number, number] => [at, 0];
  const none = ([at]: [number, number | null]): [number, null] => [at, null];
  return {
    ...metrics,
    workloads: metrics.workloads.map(workload => ({
      ...workload,
      requests: workload.requests.map(zero),
      errors: workload.errors.map(none),
      p50Ms: workload.p50Ms.map(none),
      p95Ms: workload.p95Ms.map(none),
      p99Ms: workload.p99Ms.map(none),
    })),
  };
}

function seriesOf(
  name: string,
  n: number,
  times: number[],
  deployedAt: number,
  seconds: number,
): WorkloadMetrics {
  const seed = 17 + n * 100;
  const gapFrom = deployedAt - seconds * 0.3;
  const gapTo = gapFrom + seconds / 15;
  const measured = (level: (at: number) => number) => (at: number) =>
    at > gapFrom && at < gapTo ? null : level(at);
  const isBurst = (at: number) =>
    at >= deployedAt && at < deployedAt + seconds / 20;
  return {
    workload: { namespace: 'default', kind: 'Deployment', name },
    requests: wander(
      times,
      seed,
      measured(at => (24 - n * 9) * (1 + 0.2 * Math.sin(at / (seconds / 9)))),
    ),
    errors: wander(
      times,
      seed + 1,
      measured(at => (isBurst(at) ? 0.031 : 0.002)),
      0.9,
    ),
    p50Ms: wander(
      times,
      seed + 2,
      measured(() => 21),
    ),
    p95Ms: wander(
      times,
      seed + 3,
      measured(at => (isBurst(at) ? 190 : 84)),
      0.15,
    ),
    p99Ms: wander(
      times,
      seed + 4,
      measured(at => (isBurst(at) ? 340 : 142)),
      0.25,
    ),
    cpuCores: wander(
      times,
      seed + 5,
      measured(at => (at >= deployedAt ? 0.052 : 0.042)),
      0.2,
    ),
    memoryBytes: wander(
      times,
      seed + 6,
      measured(at =>
        at >= deployedAt
          ? (52 + (14 * (at - deployedAt)) / seconds) * MiB
          : 57 * MiB,
      ),
      0.02,
    ),
    cpuLimitCores: 0.5,
    memoryLimitBytes: 128 * MiB,
  };
}

function now(): number {
  return Date.now() / 1000;
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
