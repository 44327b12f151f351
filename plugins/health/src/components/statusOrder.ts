import type {
  EnvironmentHealth,
  HealthStatus,
} from '@ghostlight/plugin-health-common';

const order: HealthStatus[] = ['failing', 'degraded', 'unknown', 'healthy'];

/**
 * What needs a person comes first; equals keep their order. Environments to
 * which the component was never deployed have nothing to tell and come last.
 */
export function mostTellingFirst(
  a: EnvironmentHealth,
  b: EnvironmentHealth,
): number {
  return (
    Number(isSilent(a)) - Number(isSilent(b)) ||
    order.indexOf(a.status) - order.indexOf(b.status)
  );
}

/** Reached, and nothing is there. */
export function isSilent(health: EnvironmentHealth): boolean {
  return health.cluster.reachable && health.workloads.length === 0;
}
