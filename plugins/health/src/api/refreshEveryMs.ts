import type { HealthWindow } from '@ghostlight/plugin-health-common';

const rhythms: Record<HealthWindow, number> = {
  PT5M: 5000,
  PT15M: 10_000,
  PT1H: 20_000,
  PT6H: 60_000,
  PT24H: 60_000,
};

/** How often a window is worth asking for again: about once a point, and never idle for longer than a minute. */
export function refreshEveryMs(window: HealthWindow): number {
  return rhythms[window];
}
