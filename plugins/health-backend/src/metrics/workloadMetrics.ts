import type {
  MetricPoint,
  MetricRange,
  MetricSource,
  WorkloadView,
} from '@ghostlight/plugin-clusters-node';
import type {
  HealthPoint,
  WorkloadMetrics,
} from '@ghostlight/plugin-health-common';

/** Everything that is charted of one workload. */
export async function workloadMetrics(
  source: MetricSource,
  view: WorkloadView,
  range: MetricRange,
  signal: AbortSignal | undefined,
): Promise<{ metrics: WorkloadMetrics; notes: string[] }> {
  const [red, usage] = await Promise.all([
    source.red(view.ref, range, { signal }),
    source.usage(view.ref, range, { signal }),
  ]);
  const { namespace, kind, name } = view.ref;
  // The newest pod has what the template says now.
  const limits = view.pods
    .filter(({ state }) => state !== 'terminating')
    .at(-1)?.limits;
  return {
    metrics: {
      workload: { namespace, kind, name },
      requests: healthPoints(red.requests),
      errors: healthPoints(red.errors),
      p50Ms: healthPoints(red.p50Ms),
      p95Ms: healthPoints(red.p95Ms),
      p99Ms: healthPoints(red.p99Ms),
      cpuCores: healthPoints(usage.cpuCores),
      memoryBytes: healthPoints(usage.memoryBytes),
      cpuLimitCores: limits?.cpuCores,
      memoryLimitBytes: limits?.memoryBytes,
    },
    notes: [...red.notes, ...usage.notes],
  };
}

/** As JSON has them: seconds, and null for what is no number. */
export function healthPoints(points: MetricPoint[]): HealthPoint[] {
  return points.map(([atMs, value]) => [
    atMs / 1_000,
    value !== undefined && Number.isFinite(value) ? value : null,
  ]);
}
