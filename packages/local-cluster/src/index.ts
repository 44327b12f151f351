export { startCluster, type Cluster, type ClusterOptions } from './cluster.ts';
export { ApiError } from './api-error.ts';
export type * from './types.ts';
