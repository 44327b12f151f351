import { InputError } from '@backstage/errors';
import type { z } from 'zod';
import type { MetricsConfig } from './MetricsConfig';
import type { metricNamesSchema, prometheusSchema } from './metricsSchema';

interface MeasuredEnvironment {
  prometheus?: z.infer<typeof prometheusSchema>;
  metrics?: z.infer<typeof metricNamesSchema>;
}

/**
 * Where the metrics of an environment are and what they are called; undefined when it has no Prometheus. Istio's names
 * unless said otherwise.
 */
export function readMetricsConfig(
  { prometheus, metrics }: MeasuredEnvironment,
  key: string,
): MetricsConfig | undefined {
  if (!prometheus) {
    if (metrics) {
      throw new InputError(
        `Configuration ${key}.prometheus: is missing, and ${key}.metrics is of no use without it`,
      );
    }
    return undefined;
  }
  return {
    prometheus: {
      url: prometheus.url,
      token: prometheus.token,
      headers: prometheus.headers,
      timeoutMs: prometheus.timeout,
      scrapeIntervalMs: prometheus.scrapeInterval,
    },
    names: metrics ?? {
      preset: 'istio',
      reporter: 'source',
      labels: {},
      queries: {},
      durationUnit: 'seconds',
    },
  };
}
