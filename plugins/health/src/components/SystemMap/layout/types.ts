export interface LayoutNode {
  id: string;
  width: number;
  height: number;
}

/** A line from one node to another. */
export interface LayoutEdge {
  from: string;
  to: string;
}

export interface Point {
  x: number;
  y: number;
}

/** Where a node stands: its upper left corner, and its column counted from the left. */
export interface PlacedNode extends LayoutNode, Point {
  /** Undefined for a node that nothing leads to or from. */
  layer?: number;
}

export interface PlacedEdge extends LayoutEdge {
  /** The way from one node's edge to the other's; each stretch begins and ends level. */
  points: Point[];
  /** The middle of the room kept free for words about it. */
  label: Point;
  /** Leads to the left: it closes a cycle. */
  isBack: boolean;
}

export interface Layout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  /** In the order given; without those from a node to itself. */
  edges: PlacedEdge[];
}
