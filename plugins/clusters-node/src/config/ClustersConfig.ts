import type { Environment } from '../types';
import type { MetricsConfig } from './MetricsConfig';

/** How to reach one cluster. */
export interface ClusterConfig {
  name: string;
  /** Without trailing slash. */
  url: string;
  /** Static token; when missing it is read from `tokenFile`. */
  token?: string;
  tokenFile: string;
  /** PEM. */
  ca?: string;
  skipTlsVerify: boolean;
}

/** How to reach the image store of one environment. */
export interface ImageStoreConfig {
  url: string;
  token?: string;
}

/** All that clusters-node reads from the configuration, checked. */
export interface ClustersConfig {
  environments: Environment[];
  clusters: Map<string, ClusterConfig>;
  /** By environment name. */
  imageStores: Map<string, ImageStoreConfig>;
  /** By environment name; only those that have a Prometheus. */
  metrics: Map<string, MetricsConfig>;
}
