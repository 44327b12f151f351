import type {
  HealthMap,
  MapEdge,
  MapNode,
} from '@ghostlight/plugin-health-common';
import { edgeLook } from './edgeLook';
import { Layout, layoutGraph, PlacedEdge, PlacedNode } from './layout';

const part = { width: 156, height: 98 };
const outside = { width: 92, height: 56 };
/** The words of an edge; narrow, so that left and right of them its line can be seen. */
export const labelSize = { width: 72, height: 44 };
/** With a line more, that nobody declared it. */
const longLabelSize = { width: 80, height: 58 };

export interface DrawnNode {
  node: MapNode;
  at: PlacedNode;
}

export interface DrawnEdge {
  edge: MapEdge;
  at: PlacedEdge;
}

export interface DrawnMap {
  width: number;
  height: number;
  /** Column by column, each from top to bottom: the order in which they are read. */
  nodes: DrawnNode[];
  edges: DrawnEdge[];
}

/** Where everything of a map stands. */
export function drawMap(map: Pick<HealthMap, 'nodes' | 'edges'>): DrawnMap {
  const layout: Layout = layoutGraph(
    map.nodes.map(({ id }) => ({
      id,
      ...(id === 'unknown' ? outside : part),
    })),
    map.edges,
    {
      label: map.edges.some(edge => edgeLook(edge).isUndeclared)
        ? longLabelSize
        : labelSize,
      gap: 14,
      lineAside: 26,
      margin: 8,
    },
  );
  const nodeOf = new Map(map.nodes.map(node => [node.id, node]));
  const edgeOf = new Map(map.edges.map(edge => [keyOf(edge), edge]));
  const islands = Number.MAX_SAFE_INTEGER;
  return {
    width: layout.width,
    height: layout.height,
    nodes: layout.nodes
      .flatMap(at => {
        const node = nodeOf.get(at.id);
        return node ? [{ node, at }] : [];
      })
      .sort(
        (a, b) =>
          (a.at.layer ?? islands) - (b.at.layer ?? islands) ||
          a.at.y - b.at.y ||
          a.at.x - b.at.x,
      ),
    edges: layout.edges.flatMap(at => {
      const edge = edgeOf.get(keyOf(at));
      return edge ? [{ edge, at }] : [];
    }),
  };
}

export function keyOf(edge: { from: string; to: string }): string {
  return `${edge.from} ${edge.to}`;
}
