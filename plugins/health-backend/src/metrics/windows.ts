import { InputError } from '@backstage/errors';
import type { MetricRange } from '@ghostlight/plugin-clusters-node';
import type { HealthWindow } from '@ghostlight/plugin-health-common';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** 120 to 180 points each: as many as a chart has room for. */
const WINDOWS: Record<HealthWindow, { lengthMs: number; stepMs: number }> = {
  PT5M: { lengthMs: 5 * MINUTE, stepMs: 2 * SECOND },
  PT15M: { lengthMs: 15 * MINUTE, stepMs: 5 * SECOND },
  PT1H: { lengthMs: HOUR, stepMs: 20 * SECOND },
  PT6H: { lengthMs: 6 * HOUR, stepMs: 2 * MINUTE },
  PT24H: { lengthMs: 24 * HOUR, stepMs: 10 * MINUTE },
};

/**
 * The points of a window that ends at a time, at the latest now. They lie on multiples of the step: two who look at the
 * same window ask the same, and a moment later the same points come with a new one at the end.
 */
export function rangeOf(
  window: HealthWindow,
  to: string | undefined,
  now: Date,
): MetricRange {
  const asked = to === undefined ? now.getTime() : Date.parse(to);
  if (Number.isNaN(asked)) {
    throw new InputError(
      `"${to}" is no time; write it as ISO 8601, e.g. ${now.toISOString()}`,
    );
  }
  const { lengthMs, stepMs } = WINDOWS[window];
  const end = Math.floor(Math.min(asked, now.getTime()) / stepMs) * stepMs;
  return {
    from: new Date(end - lengthMs).toISOString(),
    to: new Date(end).toISOString(),
    stepMs,
  };
}
