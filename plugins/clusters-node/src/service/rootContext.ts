import type {
  LoggerService,
  RootConfigService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import { DEFAULT_TIMINGS } from '../cluster/Cluster';
import { readClustersConfig } from '../config/readClustersConfig';
import { ImageBuilders } from '../images/ImageBuilders';
import { Clusters } from './Clusters';

/** Made once per process, so that all plugins share informers. */
export function createClusters(deps: {
  config: RootConfigService;
  logger: LoggerService;
  lifecycle: RootLifecycleService;
}): Clusters {
  const clusters = new Clusters({
    config: readClustersConfig(deps.config),
    logger: deps.logger,
    timings: DEFAULT_TIMINGS,
    now: () => new Date(),
  });
  deps.lifecycle.addShutdownHook(() => clusters.stop());
  return clusters;
}

export function createImageBuilders(deps: {
  config: RootConfigService;
}): ImageBuilders {
  return new ImageBuilders(readClustersConfig(deps.config));
}
