import type {
  MetricPoint,
  MetricSource,
  RedSeries,
  UsageSeries,
  WorkloadView,
} from '@ghostlight/plugin-clusters-node';
import type {
  HealthPoint,
  WorkloadMetrics,
} from '@ghostlight/plugin-health-common';
import type { WindowRange } from './windows';

/** Short enough that the source takes its rates over as few scrapes as tell a rate. */
const PRESENT_STEP_MS = 1_000;

/** Everything that is charted of one workload. */
export async function workloadMetrics(
  source: Pick<MetricSource, 'red' | 'usage'>,
  view: WorkloadView,
  { grid, present }: WindowRange,
  signal: AbortSignal | undefined,
): Promise<{ metrics: WorkloadMetrics; notes: string[] }> {
  // The rate at a point of the grid is that of the step before it. The newest one is the rate of now: over a step of ten
  // minutes, a service that recovered a minute ago would still fail.
  const ranges = [
    grid,
    ...(present === undefined
      ? []
      : [{ from: present, to: present, stepMs: PRESENT_STEP_MS }]),
  ];
  const [reds, usages] = await Promise.all([
    Promise.all(ranges.map(each => source.red(view.ref, each, { signal }))),
    Promise.all(ranges.map(each => source.usage(view.ref, each, { signal }))),
  ]);
  const red = (name: Exclude<keyof RedSeries, 'notes'>) =>
    healthPoints(reds.flatMap(each => each[name]));
  const usage = (name: Exclude<keyof UsageSeries, 'notes'>) =>
    healthPoints(usages.flatMap(each => each[name]));
  const { namespace, kind, name } = view.ref;
  // The newest pod has what the template says now.
  const limits = view.pods
    .filter(({ state }) => state !== 'terminating')
    .at(-1)?.limits;
  return {
    metrics: {
      workload: { namespace, kind, name },
      requests: red('requests'),
      errors: red('errors'),
      p50Ms: red('p50Ms'),
      p95Ms: red('p95Ms'),
      p99Ms: red('p99Ms'),
      cpuCores: usage('cpuCores'),
      memoryBytes: usage('memoryBytes'),
      cpuLimitCores: limits?.cpuCores,
      memoryLimitBytes: limits?.memoryBytes,
    },
    notes: [...reds, ...usages].flatMap(({ notes }) => notes),
  };
}

/** As JSON has them: seconds, and null for what is no number. */
export function healthPoints(points: MetricPoint[]): HealthPoint[] {
  return points.map(([atMs, value]) => [
    atMs / 1_000,
    value !== undefined && Number.isFinite(value) ? value : null,
  ]);
}
