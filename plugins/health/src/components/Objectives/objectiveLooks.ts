import type { StatusValue } from '@ghostlight/plugin-ghostlight-react';
import type { ObjectiveHealth } from '@ghostlight/plugin-health-common';

/** How the status of an objective is drawn and named. */
export const objectiveLooks: Record<
  ObjectiveHealth['status'],
  { value: StatusValue; word: string }
> = {
  met: { value: 'healthy', word: 'Met' },
  'at-risk': { value: 'degraded', word: 'At risk' },
  breached: { value: 'failing', word: 'Breached' },
  unknown: { value: 'unknown', word: 'Unknown' },
};
