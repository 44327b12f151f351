/**
 * Entity to environments to workloads; shared informers, typed requests to clusters, image builders.
 *
 * @packageDocumentation
 */

export type { ClustersService } from './ClustersService';
export type { MetricsService } from './MetricsService';
export type { ImageBuild, ImageBuildersService } from './ImageBuildersService';
export * from './types';
export {
  clustersServiceRef,
  imageBuildersServiceRef,
  metricsServiceRef,
} from './serviceRefs';
export {
  KUBERNETES_ID,
  KUBERNETES_LABEL_SELECTOR,
  workloadQuery,
} from './entity/workloadQuery';
export type { WorkloadQuery } from './entity/workloadQuery';
export { matchesLabels } from './entity/labelSelector';
export type { Requirement } from './entity/labelSelector';
export { durationWords, sinceWords } from './reasons/durationWords';
export * from './edges';
