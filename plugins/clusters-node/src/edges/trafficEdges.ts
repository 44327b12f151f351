import type { Edge, TrafficEdge } from '../types';

/**
 * An edge that was seen, with what was measured on it.
 *
 * @public
 */
export interface MeasuredEdge extends Edge {
  source: 'traffic';
  seenAt: string;
  requestsPerSecond: number;
  /** 0..1 */
  errorRatio: number;
  /** Of several workloads or Services of one edge, the slowest: quantiles cannot be added up. */
  p95Ms?: number;
}

/**
 * Requests between workloads as edges between entities, busiest first.
 *
 * @remarks
 * Callers that are no entity become `unknown`; what was called and is no entity is left out, as are entities that call
 * themselves.
 *
 * @param resolve - the entity a workload belongs to
 *
 * @public
 */
export function trafficEdges(
  traffic: TrafficEdge[],
  resolve: (workload: {
    namespace: string;
    name: string;
  }) => string | undefined,
): MeasuredEdge[] {
  const edges = new Map<string, MeasuredEdge>();
  for (const seen of traffic) {
    const from = (seen.from && resolve(seen.from)) ?? 'unknown';
    const to = resolve(seen.to);
    if (to === undefined || to === from) {
      continue;
    }
    const key = `${from} ${to}`;
    const known = edges.get(key);
    const edge: MeasuredEdge = {
      from,
      to,
      source: 'traffic',
      seenAt: seen.seenAt,
      requestsPerSecond: seen.requestsPerSecond,
      errorRatio: seen.errorRatio,
      p95Ms: seen.p95Ms,
    };
    edges.set(key, known ? together(known, edge) : edge);
  }
  return [...edges.values()].sort(
    (a, b) => b.requestsPerSecond - a.requestsPerSecond,
  );
}

function together(a: MeasuredEdge, b: MeasuredEdge): MeasuredEdge {
  const requestsPerSecond = a.requestsPerSecond + b.requestsPerSecond;
  const failed =
    a.errorRatio * a.requestsPerSecond + b.errorRatio * b.requestsPerSecond;
  return {
    ...a,
    seenAt: a.seenAt > b.seenAt ? a.seenAt : b.seenAt,
    requestsPerSecond,
    errorRatio: requestsPerSecond > 0 ? failed / requestsPerSecond : 0,
    p95Ms:
      a.p95Ms === undefined || b.p95Ms === undefined
        ? a.p95Ms ?? b.p95Ms
        : Math.max(a.p95Ms, b.p95Ms),
  };
}
