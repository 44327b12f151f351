import type { LabelName } from '../../config/MetricsConfig';
import { podPattern } from '../template/podPattern';
import { promDuration, quoted } from '../template/promql';
import type { Target } from './Preset';

type Label = (name: LabelName) => string;

/** CPU of the busiest pod, in cores; cAdvisor's names. */
export function cpuQuery(
  label: Label,
  target: Target,
  windowMs: number,
): string {
  const series = `container_cpu_usage_seconds_total${containers(
    label,
    target,
  )}`;
  return `max(sum by (${label('pod')}) (rate(${series}[${promDuration(
    windowMs,
  )}])))`;
}

/** Memory of the busiest pod, in bytes: the working set, which is what a limit is held against. */
export function memoryQuery(label: Label, target: Target): string {
  return `max(sum by (${label('pod')}) (${memorySeries(label, target)}))`;
}

/** One series for each container of the workload, past pods too. */
export function memorySeries(label: Label, target: Target): string {
  return `container_memory_working_set_bytes${containers(label, target)}`;
}

/** Containers alone: cAdvisor also counts whole pods (no container) and, with some runtimes, their pause containers. */
function containers(label: Label, { namespace, workload }: Target): string {
  return `{${[
    `${label('namespace')}=${quoted(namespace)}`,
    `${label('pod')}=~${quoted(podPattern(workload))}`,
    `${label('container')}!=""`,
    `${label('container')}!="POD"`,
  ].join(',')}}`;
}
