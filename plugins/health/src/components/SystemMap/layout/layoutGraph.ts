import { assignLayers } from './assignLayers';
import { Item, orderRows } from './orderRows';
import { placeRows } from './placeRows';
import type {
  Layout,
  LayoutEdge,
  LayoutNode,
  PlacedEdge,
  PlacedNode,
  Point,
} from './types';

export interface LayoutOptions {
  /** Room for the words of an edge, between two columns of nodes. */
  label: { width: number; height: number };
  /** Between things that stand on each other. */
  gap: number;
  /** Left and right of words, where nothing covers the line they are about. */
  lineAside: number;
  /** Around everything. */
  margin: number;
}

/** Edges that pass a column keep this much room of their own. */
const passing = 8;
/** Edges to the left meet nodes this much lower, so that there and back are two lines. */
const backShift = 10;

interface Chain {
  edge: LayoutEdge;
  isBack: boolean;
  /** From the left node to the right one, both included. */
  items: Item[];
}

/**
 * Puts nodes into columns by the depth of calls, left to right, and finds ways
 * for the edges that cross few others and no node. Nodes without edges stand
 * in rows below. The same graph gives the same picture.
 */
export function layoutGraph(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  options: LayoutOptions,
): Layout {
  const known = new Set(nodes.map(({ id }) => id));
  const lines = edges.filter(
    ({ from, to }) => from !== to && known.has(from) && known.has(to),
  );
  const linked = new Set(lines.flatMap(({ from, to }) => [from, to]));
  const connected = nodes.filter(({ id }) => linked.has(id));
  const { columns, itemOf, chains, layerOf } = columnsOf(
    connected,
    lines,
    options,
  );
  const middles = placeRows(orderRows(columns), options.gap);
  const top = Math.min(
    0,
    ...[...middles].map(([item, middle]) => middle - item.height / 2),
  );
  const y = (item: Item) => (middles.get(item) ?? 0) - top + options.margin;

  const { lefts, widths } = columnPlaces(connected, layerOf, options);
  const placed = connected.map((node): PlacedNode => {
    const item = itemOf.get(node.id);
    const layer = layerOf.get(node.id) ?? 0;
    return {
      ...node,
      layer,
      // In the middle of a column that a wider one has made wide.
      x: lefts[layer * 2] + (widths[layer * 2] - node.width) / 2,
      y: item ? y(item) - node.height / 2 : 0,
    };
  });
  const nodeOf = new Map(placed.map(node => [node.id, node]));
  const placedEdges = chains.map(chain =>
    placeEdge(chain, nodeOf, y, lefts, widths),
  );
  return withIslands(
    nodes.filter(({ id }) => !linked.has(id)),
    placed,
    placedEdges,
    options,
  );
}

/** Columns of nodes with a column between each two for the words of edges. */
function columnsOf(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  options: LayoutOptions,
) {
  const { layerOf, back } = assignLayers(
    nodes.map(({ id }) => id),
    edges,
  );
  const columns: Item[][] = [];
  const add = (column: number, height: number): Item => {
    const item: Item = { column, height, before: [], after: [] };
    (columns[column] ??= []).push(item);
    return item;
  };
  const itemOf = new Map(
    nodes.map(node => [
      node.id,
      add((layerOf.get(node.id) ?? 0) * 2, node.height),
    ]),
  );
  const chains = edges.flatMap((edge): Chain[] => {
    const isBack = back.has(edge);
    const left = itemOf.get(isBack ? edge.to : edge.from);
    const right = itemOf.get(isBack ? edge.from : edge.to);
    if (!left || !right) {
      return [];
    }
    const items = [left];
    for (let column = left.column + 1; column < right.column; column += 1) {
      const isLabel = column === left.column + 1;
      items.push(add(column, isLabel ? options.label.height : passing));
    }
    items.push(right);
    items.slice(1).forEach((item, index) => {
      item.before.push(items[index]);
      items[index].after.push(item);
    });
    return [{ edge, isBack, items }];
  });
  return {
    columns: Array.from(columns, column => column ?? []),
    itemOf,
    chains,
    layerOf,
  };
}

function columnPlaces(
  nodes: readonly LayoutNode[],
  layerOf: ReadonlyMap<string, number>,
  options: LayoutOptions,
) {
  const widths: number[] = [];
  nodes.forEach(({ id, width }) => {
    const column = (layerOf.get(id) ?? 0) * 2;
    widths[column] = Math.max(widths[column] ?? 0, width);
  });
  const room = options.label.width + 2 * options.lineAside;
  const filled = Array.from(widths, width => width ?? room);
  let left = options.margin;
  const lefts = filled.map(width => {
    const at = left;
    left += width;
    return at;
  });
  return { lefts, widths: filled };
}

function placeEdge(
  chain: Chain,
  nodeOf: ReadonlyMap<string, PlacedNode>,
  y: (item: Item) => number,
  lefts: readonly number[],
  widths: readonly number[],
): PlacedEdge {
  const { edge, isBack, items } = chain;
  const left = nodeOf.get(isBack ? edge.to : edge.from);
  const right = nodeOf.get(isBack ? edge.from : edge.to);
  const shift = isBack ? backShift : 0;
  const between = items.slice(1, -1);
  const points: Point[] = [
    { x: (left?.x ?? 0) + (left?.width ?? 0), y: y(items[0]) + shift },
    ...between.flatMap(item => {
      const from = lefts[item.column];
      const to = from + widths[item.column];
      // Between columns of nodes there is room to swing, beside a node there is none.
      return item.column % 2 === 1
        ? [{ x: (from + to) / 2, y: y(item) }]
        : [
            { x: from, y: y(item) },
            { x: to, y: y(item) },
          ];
    }),
    { x: right?.x ?? 0, y: y(items[items.length - 1]) + shift },
  ];
  const words = between[0];
  return {
    ...edge,
    isBack,
    points: isBack ? points.reverse() : points,
    label: {
      x: lefts[words.column] + widths[words.column] / 2,
      y: y(words),
    },
  };
}

/** Nodes that nothing leads to or from, in rows below the others. */
function withIslands(
  islands: readonly LayoutNode[],
  placed: PlacedNode[],
  edges: PlacedEdge[],
  options: LayoutOptions,
): Layout {
  const { gap, margin } = options;
  const ends = [
    ...placed.map(node => ({
      x: node.x + node.width,
      y: node.y + node.height,
    })),
    ...edges.map(({ label }) => ({
      x: label.x + options.label.width / 2,
      y: label.y + options.label.height / 2,
    })),
  ];
  const right = Math.max(0, ...ends.map(({ x }) => x));
  const bottom = Math.max(0, ...ends.map(({ y }) => y));
  // Without a map above them, rows of about six.
  const widest = Math.max(0, ...islands.map(({ width }) => width));
  const rowEnd = right > 0 ? right : margin + 6 * (widest + gap);
  let x = margin;
  let y = bottom > 0 ? bottom + 3 * gap : margin;
  let rowHeight = 0;
  const rows = islands.map((node): PlacedNode => {
    if (x > margin && x + node.width > rowEnd) {
      x = margin;
      y += rowHeight + gap;
      rowHeight = 0;
    }
    const at = { ...node, x, y };
    x += node.width + gap;
    rowHeight = Math.max(rowHeight, node.height);
    return at;
  });
  const all = [...placed, ...rows];
  return {
    nodes: all,
    edges,
    width: Math.max(right, ...rows.map(node => node.x + node.width)) + margin,
    height:
      Math.max(bottom, ...rows.map(node => node.y + node.height)) + margin,
  };
}
