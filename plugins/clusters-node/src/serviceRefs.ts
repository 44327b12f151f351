import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { ClustersService } from './ClustersService';
import type { ImageBuildersService } from './ImageBuildersService';
import type { MetricsService } from './MetricsService';
import {
  createClusters,
  createImageBuilders,
  createMetrics,
} from './service/rootContext';

/**
 * The clusters of the configuration. Every plugin gets the same informers, which start when first needed.
 *
 * @public
 */
export const clustersServiceRef = createServiceRef<ClustersService>({
  id: 'ghostlight.clusters',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.rootLogger,
        lifecycle: coreServices.rootLifecycle,
      },
      createRootContext: deps => createClusters(deps),
      factory: (_deps, clusters) => clusters,
    }),
});

/**
 * The image builders of the configuration.
 *
 * @public
 */
export const imageBuildersServiceRef = createServiceRef<ImageBuildersService>({
  id: 'ghostlight.image-builders',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      createRootContext: deps => createImageBuilders(deps),
      factory: (_deps, builders) => builders,
    }),
});

/**
 * Metrics of the environments of the configuration. Every plugin shares connections and answers.
 *
 * @public
 */
export const metricsServiceRef = createServiceRef<MetricsService>({
  id: 'ghostlight.metrics',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.rootLifecycle,
        clusters: clustersServiceRef,
      },
      createRootContext: deps => createMetrics(deps),
      factory: ({ clusters }, metricsOf) => metricsOf(clusters),
    }),
});
