export { layoutGraph } from './layoutGraph';
export type { LayoutOptions } from './layoutGraph';
export type { Layout, PlacedEdge, PlacedNode, Point } from './types';
