import type { MetricSource } from './types';

/**
 * Metrics of the configured environments.
 *
 * @public
 */
export interface MetricsService {
  /**
   * Undefined when the environment has no `prometheus` in the configuration.
   *
   * @throws `NotFoundError` that names the known environments
   */
  of(environment: string): MetricSource | undefined;
}
