import { InputError } from '@backstage/errors';
import type { MetricPoint, MetricSeries, WorkloadTraffic } from '../../types';
import {
  intervalMs,
  serviceNotes,
  uniqueNotes,
  type Sources,
} from './Question';
import { onGrid, zip } from './grid';
import { rateWindowMs } from './rateWindow';
import { hasFailed, meaning } from './istioWords';
import { MAX_TRAFFIC_SERIES, NOT_TOLD } from './trafficEdges';

interface Sums {
  rate: number;
  failed: number;
  p95Ms?: number;
  trend?: MetricPoint[];
}

/** What every workload of a namespace was asked. */
export async function workloadsOverview(
  sources: Sources,
  interval: { from: string; to: string },
  options: { namespace?: string; trendStepMs?: number; signal?: AbortSignal },
): Promise<{ workloads: WorkloadTraffic[]; notes: string[] }> {
  const { client, preset, services, scrapeIntervalMs } = sources;
  const namespace = options.namespace ?? sources.namespace;
  const { toMs, lengthMs } = intervalMs(interval);
  if (!(lengthMs >= 1_000)) {
    throw new InputError(
      `From ${interval.from} to ${interval.to} is no stretch of time`,
    );
  }
  const queries = preset.overview(namespace, lengthMs);
  if (!queries) {
    return { workloads: [], notes: [NOT_TOLD] };
  }
  const limits = { maxSeries: MAX_TRAFFIC_SERIES, signal: options.signal };
  const stepMs = options.trendStepMs;
  const recent =
    stepMs === undefined
      ? undefined
      : preset.overview(namespace, rateWindowMs(scrapeIntervalMs, stepMs));
  const [index, rates, p95, trends] = await Promise.all([
    services.of(namespace),
    client.instant(queries.rates, toMs, limits),
    queries.p95 === undefined
      ? undefined
      : client.instant(queries.p95, toMs, limits),
    recent && stepMs !== undefined
      ? client.range(recent.rates, { ...interval, stepMs }, limits)
      : undefined,
  ]);

  const byName = new Map<string, Sums>();
  const sumsOf = ({ labels }: MetricSeries): Sums | undefined => {
    const service = meaning(labels[preset.label('destination_service_name')]);
    const name =
      meaning(labels[preset.label('destination_workload')]) ??
      (service && index.workloadOf(service));
    if (name === undefined) {
      return undefined;
    }
    const sums = byName.get(name) ?? { rate: 0, failed: 0 };
    byName.set(name, sums);
    return sums;
  };
  for (const series of rates.series) {
    const sums = sumsOf(series);
    const rate = series.points[0]?.[1] ?? 0;
    if (sums) {
      sums.rate += rate;
      sums.failed += hasFailed(series.labels[preset.label('response_code')])
        ? rate
        : 0;
    }
  }
  for (const series of p95?.series ?? []) {
    const sums = sumsOf(series);
    const value = series.points[0]?.[1];
    if (sums && value !== undefined && Number.isFinite(value)) {
      sums.p95Ms = Math.max(sums.p95Ms ?? 0, value);
    }
  }
  for (const series of trends?.series ?? []) {
    const sums = sumsOf(series);
    if (sums && stepMs !== undefined) {
      const points = onGrid(series.points, { ...interval, stepMs });
      sums.trend = sums.trend
        ? zip(sums.trend, points, (a, b) =>
            a === undefined || b === undefined ? a ?? b : a + b,
          )
        : points;
    }
  }
  return {
    workloads: [...byName].map(([name, sums]) => ({
      namespace,
      name,
      requests: sums.rate * (lengthMs / 1_000),
      requestsPerSecond: sums.rate,
      errorRatio:
        sums.rate > 0 ? Math.min(1, sums.failed / sums.rate) : undefined,
      p95Ms: sums.p95Ms,
      trend: sums.trend,
    })),
    notes: uniqueNotes(
      serviceNotes(preset, index),
      rates.notes,
      p95?.notes ?? [],
      trends?.notes ?? [],
    ),
  };
}
