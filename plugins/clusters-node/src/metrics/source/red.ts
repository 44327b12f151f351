import type {
  MetricPoint,
  MetricRange,
  RedSeries,
  WorkloadRef,
} from '../../types';
import type { Answer } from '../prometheus/PrometheusClient';
import { onGrid, zip } from './grid';
import { boundOf, cumulative, quantileOf, type Bucket } from './histogram';
import {
  FEW_SERIES,
  single,
  targetOf,
  uniqueNotes,
  type Sources,
} from './Question';
import { rateWindowMs } from './rateWindow';

/** Requests, errors and durations of a workload over time. */
export async function redSeries(
  sources: Sources,
  workload: WorkloadRef,
  range: MetricRange,
  options: { revision?: { version?: string }; signal?: AbortSignal },
): Promise<RedSeries> {
  const { client, preset } = sources;
  const { target, notes } = await targetOf(sources, workload, options.revision);
  const windowMs = rateWindowMs(sources.scrapeIntervalMs, range.stepMs);
  const ask = (expression: string) =>
    client.range(expression, range, {
      maxSeries: FEW_SERIES,
      signal: options.signal,
    });
  const [asked, failed, durations] = await Promise.all([
    ask(preset.requests(target, windowMs)),
    ask(preset.errors(target, windowMs)),
    ask(preset.durations(target, windowMs)),
  ]);
  let requests = onGrid(single(asked), range);
  let idleNotes: string[] = [];
  if (preset.idle && requests.some(([, value]) => value === undefined)) {
    const idle = await ask(preset.idle(target));
    requests = zip(requests, onGrid(single(idle), range), (a, b) => a ?? b);
    idleNotes = idle.notes;
  }
  return {
    requests,
    errors: zip(requests, onGrid(single(failed), range), ratio),
    ...quantiles(durations, range, preset.toMs),
    notes: uniqueNotes(
      notes,
      asked.notes,
      failed.notes,
      durations.notes,
      idleNotes,
    ),
  };
}

/** 0..1; rates of two queries may differ by a rounding. */
export function ratio(
  requests: number | undefined,
  errors: number | undefined,
): number | undefined {
  return requests === undefined || !(requests > 0)
    ? undefined
    : Math.min(1, (errors ?? 0) / requests);
}

function quantiles(
  { series }: Answer,
  range: MetricRange,
  toMs: number,
): Pick<RedSeries, 'p50Ms' | 'p95Ms' | 'p99Ms'> {
  const columns = series.flatMap(({ labels, points }) => {
    const bound = boundOf(labels.le);
    return bound === undefined
      ? []
      : [{ leMs: bound * toMs, points: onGrid(points, range) }];
  });
  const times = onGrid([], range);
  const histograms = times.map((_, index) =>
    cumulative(
      columns.flatMap(({ leMs, points }): Bucket[] => {
        const count = points[index][1];
        return count === undefined ? [] : [{ leMs, count }];
      }),
    ),
  );
  const of = (share: number): MetricPoint[] =>
    times.map(([at], index) => [at, quantileOf(share, histograms[index])]);
  return { p50Ms: of(0.5), p95Ms: of(0.95), p99Ms: of(0.99) };
}
