import { isError } from '@backstage/errors';
import type { EnvironmentWorkloads } from '@ghostlight/plugin-clusters-node';
import type { MetricsProblem } from '@ghostlight/plugin-health-common';

/** The environment has no Prometheus. */
export function notConfigured(environment: string): MetricsProblem {
  return {
    code: 'not-configured',
    message: `Environment ${environment} has no metrics.`,
    hint: 'Name its Prometheus in the configuration: `prometheus: { url: ... }` of the environment under ghostlight.environments.',
  };
}

/** Nothing is there that could be measured. */
export function noWorkloads(
  name: string,
  { environment, state }: EnvironmentWorkloads,
): MetricsProblem {
  return state.reachable
    ? {
        code: 'no-workloads',
        message: `Nothing of ${name} is deployed in ${environment.name}.`,
      }
    : {
        code: 'unavailable',
        message: `What runs of ${name} in ${environment.name} is not known: cluster ${environment.cluster} is out of reach, ${state.error}.`,
      };
}

/** The Prometheus did not answer, in the words of the error. */
export function unavailable(error: unknown): MetricsProblem {
  const message = isError(error) ? error.message : String(error);
  return {
    code: 'unavailable',
    message: message.endsWith('.') ? message : `${message}.`,
    hint:
      isError(error) && error.name === 'InputError'
        ? 'Check `metrics.queries` and `metrics.labels` of the environment under ghostlight.environments.'
        : 'Numbers appear by themselves when it answers again.',
  };
}
