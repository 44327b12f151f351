import type { MetricPoint, MetricRange, WorkloadRef } from '../../types';
import type { Preset, Target } from '../presets/Preset';
import type { Answer, PrometheusClient } from '../prometheus/PrometheusClient';
import type { ServiceIndex, WorkloadServices } from './WorkloadServices';

/** What every question about metrics is answered with. */
export interface Sources {
  client: PrometheusClient;
  preset: Preset;
  services: WorkloadServices;
  scrapeIntervalMs: number;
  /** Of the environment. */
  namespace: string;
}

/** One series or one for each bucket, of one workload: more means that a query of one's own does not add up. */
export const FEW_SERIES = 200;

const NO_SERVICES =
  'the Services of the cluster could not be listed: requests that reached no replica are not counted';

/** The target of a workload, and what limits the answers about it. */
export async function targetOf(
  { preset, services }: Sources,
  workload: WorkloadRef,
  revision?: { version?: string },
): Promise<{ target: Target; notes: string[] }> {
  const index = await services.of(workload.namespace);
  const target: Target = {
    namespace: workload.namespace,
    workload: workload.name,
    services: index.servicesOf(workload.name),
    // What a mesh calls a revision whose pods carry no version.
    revision: revision && (revision.version ?? 'latest'),
  };
  return {
    target,
    notes: [...preset.notes(target), ...serviceNotes(preset, index)],
  };
}

export function serviceNotes(preset: Preset, index: ServiceIndex): string[] {
  return preset.name === 'istio' && !index.isKnown ? [NO_SERVICES] : [];
}

/** The points of an answer that should be one series; of several, their sum. */
export function single({ series }: Answer): MetricPoint[] {
  if (series.length <= 1) {
    return series[0]?.points ?? [];
  }
  const sums = new Map<number, number | undefined>();
  for (const [at, value] of series.flatMap(({ points }) => points)) {
    const before = sums.get(at);
    sums.set(
      at,
      before === undefined || value === undefined
        ? before ?? value
        : before + value,
    );
  }
  return [...sums].sort(([a], [b]) => a - b);
}

/** The same sentence once. */
export function uniqueNotes(...notes: string[][]): string[] {
  return [...new Set(notes.flat())];
}

export function intervalMs({ from, to }: Pick<MetricRange, 'from' | 'to'>): {
  fromMs: number;
  toMs: number;
  lengthMs: number;
} {
  const fromMs = Date.parse(from);
  const toMs = Date.parse(to);
  return { fromMs, toMs, lengthMs: toMs - fromMs };
}
