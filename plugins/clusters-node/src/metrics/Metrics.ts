import type { ClustersService } from '../ClustersService';
import type { ClustersConfig } from '../config/ClustersConfig';
import type { MetricsService } from '../MetricsService';
import { findEnvironment } from '../service/findEnvironment';
import type { MetricSource } from '../types';
import { createPreset } from './presets/createPreset';
import { PrometheusClient } from './prometheus/PrometheusClient';
import { PrometheusSource } from './source/PrometheusSource';
import { WorkloadServices } from './source/WorkloadServices';

export interface MetricsOptions {
  config: Pick<ClustersConfig, 'environments' | 'metrics'>;
  clusters: Pick<ClustersService, 'list'>;
  /** Unix milliseconds. */
  now: () => number;
}

/** The metrics of the configured environments. */
export class Metrics implements MetricsService {
  readonly #environments: ClustersConfig['environments'];
  readonly #sources = new Map<string, MetricSource>();
  readonly #clients: PrometheusClient[] = [];

  constructor({ config, clusters, now }: MetricsOptions) {
    this.#environments = config.environments;
    for (const { name, namespace } of config.environments) {
      const measured = config.metrics.get(name);
      if (measured) {
        const client = new PrometheusClient(name, measured.prometheus, now);
        this.#clients.push(client);
        this.#sources.set(
          name,
          new PrometheusSource(
            {
              client,
              preset: createPreset(measured.names),
              services: new WorkloadServices({
                clusters,
                environment: name,
                now,
              }),
              scrapeIntervalMs: measured.prometheus.scrapeIntervalMs,
              namespace,
            },
            now,
          ),
        );
      }
    }
  }

  of(environment: string): MetricSource | undefined {
    const { name } = findEnvironment(this.#environments, environment);
    return this.#sources.get(name);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#clients.map(client => client.close()));
  }
}
