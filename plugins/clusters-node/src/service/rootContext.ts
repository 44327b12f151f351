import type {
  LoggerService,
  RootConfigService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import { DEFAULT_TIMINGS } from '../cluster/Cluster';
import { readClustersConfig } from '../config/readClustersConfig';
import { ImageBuilders } from '../images/ImageBuilders';
import { Metrics } from '../metrics/Metrics';
import { Clusters } from './Clusters';
import type { ClustersService } from '../ClustersService';

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

/** Makes the metrics of the process when the first plugin brings its clusters, and gives them to all others. */
export function createMetrics(deps: {
  config: RootConfigService;
  lifecycle: RootLifecycleService;
}): (clusters: ClustersService) => Metrics {
  const config = readClustersConfig(deps.config);
  let metrics: Metrics | undefined;
  deps.lifecycle.addShutdownHook(() => metrics?.stop());
  return clusters => {
    metrics ??= new Metrics({ config, clusters, now: () => Date.now() });
    return metrics;
  };
}
