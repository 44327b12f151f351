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

/** Its name before what it says; not twice where it says it first: `errors are 4.2 %`. */
export function summaryParts(
  alert: Pick<Alert, 'name' | 'summary'>,
): [name: string, rest: string] {
  const { name, summary } = alert;
  return summary.startsWith(`${name} `)
    ? [name, summary.slice(name.length)]
    : [`${name}:`, ` ${summary}`];
}

/** `3 min` since then. */
export function forWords(at: string, nowMs: number): string {
  return formatDuration(
    Math.max(0, Math.floor((nowMs - Date.parse(at)) / 1000) * 1000),
  );
}
