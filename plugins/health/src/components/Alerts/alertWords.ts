import {
  formatDuration,
  StatusValue,
} from '@ghostlight/plugin-ghostlight-react';
import type { Alert } from '@ghostlight/plugin-health-common';

/** How a severity is drawn and named. */
export const severityLooks: Record<
  Alert['severity'],
  { value: StatusValue; word: string }
> = {
  critical: { value: 'failing', word: 'Critical' },
  warning: { value: 'degraded', word: 'Warning' },
};

/** How long it fired: `12 min`. */
export function lastedWords(
  alert: Pick<Alert, 'startedAt' | 'resolvedAt'>,
): string {
  const { startedAt, resolvedAt } = alert;
  return resolvedAt
    ? formatDuration(
        Math.max(0, Date.parse(resolvedAt) - Date.parse(startedAt)),
      )
    : 'still fires';
}

/** Who saw it, as people call them. */
export function acknowledgedBy(
  acknowledged: NonNullable<Alert['acknowledged']>,
): string {
  return acknowledged.byName ?? acknowledged.by.split('/').at(-1) ?? '';
}
