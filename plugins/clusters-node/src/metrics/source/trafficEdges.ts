import { InputError } from '@backstage/errors';
import type { MetricSeries, TrafficEdge } from '../../types';
import {
  intervalMs,
  serviceNotes,
  uniqueNotes,
  type Sources,
} from './Question';
import { rateWindowMs } from './rateWindow';
import type { ServiceIndex } from './WorkloadServices';

/** A namespace with more edges is cut: the quietest go. */
export const MAX_TRAFFIC_SERIES = 20_000;
const MAX_EDGES = 2_000;
const SEEN_POINTS = 12;
export const NOT_TOLD =
  'no query ghostlight.environments[].metrics.queries.traffic is configured: who calls whom is not known';

type Edge = Omit<TrafficEdge, 'seenAt'> & { failed: number; seenMs: number };

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

/** Gathers edges from series that each tell a part of one. */
class EdgeReader {
  readonly #preset: Sources['preset'];
  readonly #namespace: string;
  readonly #index: ServiceIndex;
  readonly #edges = new Map<string, Edge>();

  constructor(
    { preset }: Pick<Sources, 'preset'>,
    namespace: string,
    index: ServiceIndex,
  ) {
    this.#preset = preset;
    this.#namespace = namespace;
    this.#index = index;
  }

  rate({ labels, points }: MetricSeries): void {
    const rate = points[0]?.[1] ?? 0;
    const edge = rate > 0 ? this.#edge(labels, true) : undefined;
    if (edge) {
      edge.requestsPerSecond += rate;
      edge.failed += hasFailed(labels[this.#preset.label('response_code')])
        ? rate
        : 0;
    }
  }

  /** Of several Services of one edge, the slowest: quantiles cannot be added up. */
  p95({ labels, points }: MetricSeries): void {
    const value = points[0]?.[1];
    const edge = this.#edge(labels, false);
    if (edge && value !== undefined && Number.isFinite(value)) {
      edge.p95Ms = Math.max(edge.p95Ms ?? 0, value);
    }
  }

  seen({ labels, points }: MetricSeries): void {
    const edge = this.#edge(labels, false);
    const last = points.findLast(([, rate]) => (rate ?? 0) > 0);
    if (edge && last) {
      edge.seenMs = Math.max(edge.seenMs, last[0]);
    }
  }

  edges(fromMs: number): TrafficEdge[] {
    return [...this.#edges.values()]
      .sort((a, b) => b.requestsPerSecond - a.requestsPerSecond)
      .map(({ failed, seenMs, ...edge }) => ({
        ...edge,
        errorRatio: Math.min(1, failed / edge.requestsPerSecond),
        seenAt: new Date(Math.max(fromMs, seenMs)).toISOString(),
      }));
  }

  #edge(labels: Record<string, string>, make: boolean): Edge | undefined {
    const { label } = this.#preset;
    const value = (name: Parameters<typeof label>[0]) =>
      meaning(labels[label(name)]);
    const service = value('destination_service_name');
    const to =
      value('destination_workload') ??
      (service === undefined
        ? undefined
        : this.#index.workloadOf(service) ?? service);
    if (to === undefined) {
      return undefined;
    }
    const source = value('source_workload');
    const from =
      source === undefined
        ? undefined
        : {
            namespace: value('source_workload_namespace') ?? this.#namespace,
            name: source,
          };
    const key = JSON.stringify([from?.namespace, source, to, service]);
    const known = this.#edges.get(key);
    if (known || !make) {
      return known;
    }
    const edge: Edge = {
      from,
      to: { namespace: this.#namespace, name: to },
      service,
      requestsPerSecond: 0,
      errorRatio: 0,
      failed: 0,
      seenMs: 0,
    };
    this.#edges.set(key, edge);
    return edge;
  }
}

/** What Istio writes where it does not know. */
export function meaning(value: string | undefined): string | undefined {
  return value === undefined || value === '' || value === 'unknown'
    ? undefined
    : value;
}

/** A 5xx, or no answer at all. */
export function hasFailed(code: string | undefined): boolean {
  return code !== undefined && /^(5\d\d|0)$/.test(code);
}
