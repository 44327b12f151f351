import type { KubernetesObject, ObjectListQuery } from '../types';
import type { MetricNamesConfig } from '../config/MetricsConfig';
import { Metrics } from '../metrics/Metrics';
import { environment } from './createClusters';

export const ORDERS = {
  environment: 'local',
  namespace: 'default',
  kind: 'Deployment' as const,
  name: 'orders',
};

/** Metrics of one environment `local`, in whose cluster Service `shop-orders` stands before Deployment `orders`. */
export function createMetrics(
  url: string,
  options: {
    names?: Partial<MetricNamesConfig>;
    timeoutMs?: number;
    token?: string;
    headers?: Record<string, string>;
    list?: (query: ObjectListQuery) => Promise<KubernetesObject[]>;
    now?: () => number;
  } = {},
): Metrics {
  return new Metrics({
    config: {
      environments: [environment('local'), environment('blind')],
      metrics: new Map([
        [
          'local',
          {
            prometheus: {
              url,
              token: options.token,
              headers: options.headers ?? {},
              timeoutMs: options.timeoutMs ?? 2_000,
              scrapeIntervalMs: 15_000,
            },
            names: {
              preset: 'istio',
              reporter: 'source',
              labels: {},
              queries: {},
              durationUnit: 'seconds',
              ...options.names,
            },
          },
        ],
      ]),
    },
    clusters: { list: async (_name, query) => (options.list ?? list)(query) },
    now: options.now ?? (() => Date.now()),
  });
}

async function list({ kind }: ObjectListQuery): Promise<KubernetesObject[]> {
  const object = (name: string, spec: object) => ({
    apiVersion: 'v1',
    kind,
    metadata: { name },
    spec,
  });
  return kind === 'Service'
    ? [
        object('shop-orders', { selector: { app: 'orders' } }),
        object('headless', {}),
      ]
    : ['orders', 'payments'].map(name =>
        object(name, { template: { metadata: { labels: { app: name } } } }),
      );
}
