import type { Alert } from '@ghostlight/plugin-health-common';
import { ago } from './reports';

export function anAlert(changes: Partial<Alert> = {}): Alert {
  return {
    id: 'errors-1',
    entityRef: 'component:default/orders',
    environment: 'local',
    name: 'errors',
    kind: 'threshold',
    severity: 'critical',
    state: 'firing',
    version: 1,
    summary: 'errors are 4.2 %, above 1 % for 3 min',
    value: 0.042,
    threshold: 0.01,
    metric: 'errors',
    startedAt: ago(190),
    lastSeenAt: ago(4),
    ...changes,
  };
}

/** Two that fire, one of them seen by a person, and two that are over. */
export function someAlerts(): Alert[] {
  return [
    anAlert(),
    anAlert({
      id: 'fast-1',
      name: 'fast',
      kind: 'burn-rate',
      severity: 'warning',
      metric: undefined,
      summary: 'the budget of fast burns 7.2 x as fast as it may',
      value: 7.2,
      threshold: 6,
      startedAt: ago(2400),
      acknowledged: {
        by: 'user:default/maya',
        byName: 'Maya Lindqvist',
        at: ago(2100),
        note: 'The new index is being built, done by 15:00.',
      },
    }),
    anAlert({
      id: 'memory-1',
      name: 'memory',
      metric: 'memory',
      severity: 'warning',
      state: 'resolved',
      version: 3,
      summary: 'memory was 94 % of its limit, above 90 % for 12 min',
      value: 0.94,
      threshold: 0.9,
      startedAt: ago(90_000),
      resolvedAt: ago(89_200),
      lastSeenAt: ago(89_200),
    }),
    anAlert({
      id: 'slow-1',
      name: 'slow',
      metric: 'p95',
      severity: 'warning',
      state: 'resolved',
      version: 2,
      summary: 'p95 was 812 ms, above 500 ms for 6 min',
      value: 812,
      threshold: 500,
      startedAt: ago(260_000),
      resolvedAt: ago(259_500),
      resolution: 'its threshold was removed from ghostlight.yaml',
      lastSeenAt: ago(259_500),
    }),
  ];
}
