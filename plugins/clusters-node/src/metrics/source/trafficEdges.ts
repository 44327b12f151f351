import { InputError } from '@backstage/errors';
import type { TrafficEdge } from '../../types';
import { EdgeReader } from './EdgeReader';
import {
  intervalMs,
  serviceNotes,
  uniqueNotes,
  type Sources,
} from './Question';
import { rateWindowMs } from './rateWindow';

/** A namespace with more edges is cut: the quietest go. */
export const MAX_TRAFFIC_SERIES = 20_000;
const MAX_EDGES = 2_000;
const SEEN_POINTS = 12;
export const NOT_TOLD =
  'no query ghostlight.environments[].metrics.queries.traffic is configured: who calls whom is not known';

/** Who called whom within the interval, busiest first. */
export async function trafficBetween(
  sources: Sources,
  interval: { from: string; to: string },
  options: { namespace?: string; signal?: AbortSignal },
): Promise<{ edges: TrafficEdge[]; notes: string[] }> {
  const { client, preset, services, scrapeIntervalMs } = sources;
  const namespace = options.namespace ?? sources.namespace;
  const { toMs, lengthMs } = intervalMs(interval);
  if (!(lengthMs >= 1_000)) {
    throw new InputError(
      `From ${interval.from} to ${interval.to} is no stretch of time`,
    );
  }
  const queries = preset.traffic(namespace, lengthMs);
  if (!queries) {
    return { edges: [], notes: [NOT_TOLD] };
  }
  const limits = { maxSeries: MAX_TRAFFIC_SERIES, signal: options.signal };
  const stepMs = Math.ceil(lengthMs / SEEN_POINTS);
  const recent = preset.traffic(
    namespace,
    rateWindowMs(scrapeIntervalMs, stepMs),
  );
  const [index, rates, p95, seen] = await Promise.all([
    services.of(namespace),
    client.instant(queries.rates, toMs, limits),
    queries.p95 === undefined
      ? undefined
      : client.instant(queries.p95, toMs, limits),
    client.range(
      recent?.rates ?? queries.rates,
      { ...interval, stepMs },
      limits,
    ),
  ]);
  const read = new EdgeReader(sources, namespace, index);
  rates.series.forEach(series => read.rate(series));
  p95?.series.forEach(series => read.p95(series));
  seen.series.forEach(series => read.seen(series));
  const edges = read.edges(Date.parse(interval.from));
  const notes = uniqueNotes(
    serviceNotes(preset, index),
    rates.notes,
    p95?.notes ?? [],
    edges.length > MAX_EDGES
      ? [
          `there are ${edges.length} pairs of callers and called; the busiest ${MAX_EDGES} are given`,
        ]
      : [],
  );
  return { edges: edges.slice(0, MAX_EDGES), notes };
}
