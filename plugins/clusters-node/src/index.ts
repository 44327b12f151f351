/**
 * Entity to environments to workloads; shared informers, typed requests to clusters, image builders.
 *
 * @packageDocumentation
 */

export type { ClustersService } from './ClustersService';
export type { ImageBuild, ImageBuildersService } from './ImageBuildersService';
export * from './types';
export { clustersServiceRef, imageBuildersServiceRef } from './serviceRefs';
