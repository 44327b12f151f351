import type { LayoutEdge } from './types';

export interface Layers {
  /** How many calls away from where calls come in, at most. */
  layerOf: Map<string, number>;
  /** Edges that close a cycle: they lead to the left. */
  back: Set<LayoutEdge>;
}

/** Who is called stands right of who calls, as deep as the longest way to it. */
export function assignLayers(
  ids: readonly string[],
  edges: readonly LayoutEdge[],
): Layers {
  const out = new Map<string, LayoutEdge[]>(ids.map(id => [id, []]));
  edges.forEach(edge => out.get(edge.from)?.push(edge));
  const { back, finished } = walk(ids, edges, out);

  // The reverse of finishing is an order in which each caller comes before what it calls.
  const layerOf = new Map(ids.map(id => [id, 0]));
  for (const id of finished.reverse()) {
    const next = (layerOf.get(id) ?? 0) + 1;
    for (const edge of out.get(id) ?? []) {
      if (!back.has(edge)) {
        layerOf.set(edge.to, Math.max(layerOf.get(edge.to) ?? 0, next));
      }
    }
  }
  return { layerOf, back };
}

/** Depth first from where nothing leads to, then from what is left: those are in cycles. */
function walk(
  ids: readonly string[],
  edges: readonly LayoutEdge[],
  out: ReadonlyMap<string, readonly LayoutEdge[]>,
) {
  const called = new Set(edges.map(({ to }) => to));
  const starts = [
    ...ids.filter(id => !called.has(id)),
    ...ids.filter(id => called.has(id)),
  ];
  const back = new Set<LayoutEdge>();
  const finished: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string) => {
    state.set(id, 'open');
    for (const edge of out.get(id) ?? []) {
      if (state.get(edge.to) === 'open') {
        back.add(edge);
      } else if (!state.has(edge.to)) {
        visit(edge.to);
      }
    }
    state.set(id, 'done');
    finished.push(id);
  };
  starts
    .filter(id => !state.has(id))
    .forEach(id => !state.has(id) && visit(id));
  return { back, finished };
}
