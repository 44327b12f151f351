import type {
  EnvironmentWorkloads,
  MetricSource,
  MetricsService,
} from '@ghostlight/plugin-clusters-node';
import type { MetricsProblem } from '@ghostlight/plugin-health-common';
import { noWorkloads, notConfigured } from '../metrics/metricsProblem';

/** Where the numbers of a component in an environment come from, or why there are none. */
export function metricSourceOf(
  metrics: MetricsService,
  component: string,
  environment: EnvironmentWorkloads,
):
  | { source: MetricSource; problem?: undefined }
  | { source?: undefined; problem: MetricsProblem } {
  if (environment.workloads.length === 0) {
    return { problem: noWorkloads(component, environment) };
  }
  const { name } = environment.environment;
  const source = metrics.of(name);
  return source ? { source } : { problem: notConfigured(name) };
}
