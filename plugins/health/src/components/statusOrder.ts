import type { HealthStatus } from '@ghostlight/plugin-health-common';

const order: HealthStatus[] = ['failing', 'degraded', 'unknown', 'healthy'];

/** What needs a person comes first; equals keep their order. */
export function worstFirst(
  a: { status: HealthStatus },
  b: { status: HealthStatus },
): number {
  return order.indexOf(a.status) - order.indexOf(b.status);
}
