import type { Edge } from '../types';
import type { MeasuredEdge } from './trafficEdges';

/**
 * Who calls or needs whom, and how that is known.
 *
 * @public
 */
export interface MergedEdge {
  from: string;
  to: string;
  sources: Edge['source'][];
  seenAt?: string;
  requestsPerSecond?: number;
  errorRatio?: number;
  p95Ms?: number;
}

/**
 * One edge for each pair, whatever knows of it.
 *
 * @public
 */
export function mergeEdges(edges: Array<Edge | MeasuredEdge>): MergedEdge[] {
  const merged = new Map<string, MergedEdge>();
  for (const { source, ...edge } of edges) {
    const key = `${edge.from} ${edge.to}`;
    const known = merged.get(key);
    const sources = known?.sources ?? [];
    merged.set(key, {
      ...known,
      ...edge,
      seenAt: latest(known?.seenAt, edge.seenAt),
      sources: sources.includes(source) ? sources : [...sources, source],
    });
  }
  return [...merged.values()];
}

function latest(
  a: string | undefined,
  b: string | undefined,
): string | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}
