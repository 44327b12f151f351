import { createServiceRef } from '@backstage/backend-plugin-api';
import type { ClustersService } from './ClustersService';
import type { ImageBuildersService } from './ImageBuildersService';

/**
 * The clusters of the configuration. Every plugin gets the same informers.
 *
 * @public
 */
export const clustersServiceRef = createServiceRef<ClustersService>({
  id: 'ghostlight.clusters',
  scope: 'plugin',
});

/**
 * The image builders of the configuration.
 *
 * @public
 */
export const imageBuildersServiceRef = createServiceRef<ImageBuildersService>({
  id: 'ghostlight.image-builders',
  scope: 'plugin',
});
