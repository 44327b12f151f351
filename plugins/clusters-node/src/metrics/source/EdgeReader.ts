import type { MetricSeries, TrafficEdge } from '../../types';
import { hasFailed, meaning } from './istioWords';
import type { Sources } from './Question';
import type { ServiceIndex } from './WorkloadServices';

type Edge = Omit<TrafficEdge, 'seenAt'> & { failed: number; seenMs: number };

/** Gathers edges from series that each tell a part of one. */
export class EdgeReader {
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
