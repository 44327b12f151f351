import type { Alert } from '@ghostlight/plugin-health-common';
import { alertSummary } from '../alerts/alertWords';
import type { Observation } from '../alerts/Observation';

/** A row of `alerts`. */
export interface AlertRow {
  id: string;
  entity_ref: string;
  environment: string;
  name: string;
  kind: Alert['kind'];
  severity: Alert['severity'];
  state: Alert['state'];
  version: number;
  metric: NonNullable<Alert['metric']> | null;
  side: Observation['side'];
  unit: Observation['unit'];
  threshold: number;
  worst: number | null;
  latest: number | null;
  detail: string | null;
  started_at: Date;
  wrong_since: Date;
  last_seen_at: Date;
  unknown_since: Date | null;
  resolved_at: Date | null;
  resolution: string | null;
  acknowledged_by: string | null;
  acknowledged_at: Date | null;
  note: string | null;
  notify_at: Date | null;
  notified_at: Date | null;
}

export function toAlert(row: AlertRow, now: Date): Alert {
  const { metric, worst, latest } = row;
  return {
    id: row.id,
    entityRef: row.entity_ref,
    environment: row.environment,
    name: row.name,
    kind: row.kind,
    severity: row.severity,
    state: row.state,
    version: row.version,
    summary: alertSummary(
      {
        ...row,
        metric: metric ?? undefined,
        worst: worst ?? undefined,
        latest: latest ?? undefined,
        lastSeenAt: row.last_seen_at.getTime(),
      },
      now,
    ),
    threshold: row.threshold,
    ...(worst !== null && { value: worst }),
    ...(metric !== null && { metric }),
    startedAt: row.started_at.toISOString(),
    ...(row.resolved_at && { resolvedAt: row.resolved_at.toISOString() }),
    ...(row.resolution !== null && { resolution: row.resolution }),
    lastSeenAt: row.last_seen_at.toISOString(),
    ...(row.acknowledged_by !== null &&
      row.acknowledged_at && {
        acknowledged: {
          by: row.acknowledged_by,
          at: row.acknowledged_at.toISOString(),
          ...(row.note !== null && { note: row.note }),
        },
      }),
  };
}
