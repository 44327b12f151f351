export { catalogEdges } from './catalogEdges';
export { mergeEdges } from './mergeEdges';
export type { MergedEdge } from './mergeEdges';
export { trafficEdges } from './trafficEdges';
export type { MeasuredEdge } from './trafficEdges';
