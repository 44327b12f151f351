import type { HealthStatus } from '@ghostlight/plugin-health-common';

const WORDS: Record<HealthStatus, string> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  failing: 'Failing',
  unknown: 'Unknown',
};

/** From good to bad: not to know is worse than to know that all is well. */
const SEVERITY: HealthStatus[] = ['healthy', 'unknown', 'degraded', 'failing'];

export function statusWord(status: HealthStatus): string {
  return WORDS[status];
}

/** For sorting: the worst first. */
export function byBadness(a: HealthStatus, b: HealthStatus): number {
  return SEVERITY.indexOf(b) - SEVERITY.indexOf(a);
}

/** `unknown` when there is nothing to compare. */
export function worst(statuses: HealthStatus[]): HealthStatus {
  return [...statuses].sort(byBadness)[0] ?? 'unknown';
}
