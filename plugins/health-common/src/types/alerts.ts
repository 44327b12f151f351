/**
 * Metrics a threshold of `ghostlight.yaml` may be about. Ratios 0..1, milliseconds, per second.
 *
 * @public
 */
export const ALERT_METRICS = [
  'errors',
  'p50',
  'p95',
  'p99',
  'requests',
  'cpu',
  'memory',
  'restarts',
  'ready',
] as const;

/** @public */
export type AlertMetric = (typeof ALERT_METRICS)[number];

/**
 * A threshold that was crossed for long enough, or a budget that burns too fast.
 *
 * @public
 */
export interface Alert {
  id: string;
  entityRef: string;
  environment: string;
  /** From `ghostlight.yaml`, or the name of the objective. */
  name: string;
  kind: 'threshold' | 'burn-rate';
  severity: 'critical' | 'warning';
  state: 'firing' | 'resolved';
  /** Grows with each change; signals carry it. */
  version: number;
  /** Readable out loud: `errors are 4.2 %, above 1 %`. How long is told by `startedAt` and `resolvedAt`. */
  summary: string;
  /** The worst value while it fired, and what it is measured against. */
  value?: number;
  threshold: number;
  metric?: AlertMetric;
  startedAt: string;
  resolvedAt?: string;
  /** Why it ended when not by itself: `its threshold was removed from ghostlight.yaml`. */
  resolution?: string;
  /** When its value was last known, ISO 8601. */
  lastSeenAt: string;
  acknowledged?: { by: string; byName?: string; at: string; note?: string };
}

/** @public */
export interface AlertPage {
  items: Alert[];
  page: number;
  totalPages: number;
  total: number;
}

/** @public */
export interface AlertQuery {
  entityRefs?: string[];
  environment?: string;
  state?: 'firing' | 'resolved';
  /** From 1. */
  page?: number;
  /** At most 100. */
  pageSize?: number;
}
