/**
 * How much care an environment needs.
 *
 * @public
 */
export type EnvironmentTier = 'development' | 'staging' | 'production';

/**
 * A place where components run: a namespace of a cluster, as configured under `ghostlight.environments`.
 *
 * @public
 */
export interface Environment {
  name: string;
  tier: EnvironmentTier;
  /** Name of a cluster under `kubernetes.clusterLocatorMethods`. */
  cluster: string;
  namespace: string;
  /** How images for it are built; missing when none can be built. Use `imageBuildersServiceRef`. */
  images?: { builder: 'store' };
  /** Whether a push to the default branch is deployed here. */
  deployOnPush: boolean;
}

/**
 * Whether what is known of an environment's cluster is current.
 *
 * @public
 */
export interface ClusterState {
  reachable: boolean;
  /** Since when it is (un)reachable, ISO 8601 UTC. */
  since: string;
  /** Why it cannot be reached: a clause, e.g. `it did not answer within 10 s`. */
  error?: string;
}
