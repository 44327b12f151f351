import { InputError } from '@backstage/errors';
import type { MetricRange } from '@ghostlight/plugin-clusters-node';
import type { HealthWindow } from '@ghostlight/plugin-health-common';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Nobody keeps metrics for longer; what lies far beyond is no date any more. */
const MAX_AGE_MS = 366 * 24 * HOUR;

/** 120 to 180 points each: as many as a chart has room for. */
const WINDOWS: Record<HealthWindow, { lengthMs: number; stepMs: number }> = {
  PT5M: { lengthMs: 5 * MINUTE, stepMs: 2 * SECOND },
  PT15M: { lengthMs: 15 * MINUTE, stepMs: 5 * SECOND },
  PT1H: { lengthMs: HOUR, stepMs: 20 * SECOND },
  PT6H: { lengthMs: 6 * HOUR, stepMs: 2 * MINUTE },
  PT24H: { lengthMs: 24 * HOUR, stepMs: 10 * MINUTE },
};

/** How exact "now" is: those who look within so long ask the same. */
const PRESENT_MS = 5 * SECOND;

/** A window and its points. */
export interface WindowRange extends MetricRange {
  /** Points on multiples of the step: two who look at the same window ask the same. */
  grid: MetricRange;
  /** One more point at the end, which the grid does not reach: up to a step would be missing else. */
  present?: string;
}

/**
 * The points of a window that ends at a time, at the latest now. All but the last lie on multiples of the step; there
 * are as many wherever the end lies, so the window is up to a step shorter than its name.
 *
 * @throws `InputError` when `to` is no time, or lies more than a year back
 */
export function rangeOf(
  window: HealthWindow,
  to: string | undefined,
  now: Date,
): WindowRange {
  const asked = to === undefined ? now.getTime() : Date.parse(to);
  if (Number.isNaN(asked)) {
    throw new InputError(
      `"${to}" is no time; write it as ISO 8601, e.g. ${now.toISOString()}`,
    );
  }
  if (asked < now.getTime() - MAX_AGE_MS) {
    throw new InputError(
      `"${to}" is more than a year ago; ask for a window that ends later`,
    );
  }
  const { lengthMs, stepMs } = WINDOWS[window];
  const lastMs = Math.min(asked, now.getTime());
  const end = Math.floor(lastMs / stepMs) * stepMs;
  const present = Math.floor(lastMs / PRESENT_MS) * PRESENT_MS;
  const hasPresent = stepMs > PRESENT_MS && present > end;
  const from = new Date(
    end - lengthMs + (hasPresent ? stepMs : 0),
  ).toISOString();
  const grid = { from, to: new Date(end).toISOString(), stepMs };
  if (!hasPresent) {
    return { ...grid, grid };
  }
  const last = new Date(present).toISOString();
  return { ...grid, to: last, grid, present: last };
}

/** The whole window until now, for what is added up over it. */
export function intervalOf(
  window: HealthWindow,
  now: Date,
): { from: string; to: string } {
  const end = Math.floor(now.getTime() / PRESENT_MS) * PRESENT_MS;
  return {
    from: new Date(end - WINDOWS[window].lengthMs).toISOString(),
    to: new Date(end).toISOString(),
  };
}
