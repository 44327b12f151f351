const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A long and a short window, and the burn rate at which both must be for it to fire. */
export interface BurnWindow {
  longMs: number;
  shortMs: number;
  threshold: number;
  severity: 'critical' | 'warning';
}

/** Of 30 days: how much of the budget may be gone within the long window before somebody has to know. */
const OF_THIRTY_DAYS = [
  { longMs: HOUR_MS, budget: 0.02, severity: 'critical' },
  { longMs: 6 * HOUR_MS, budget: 0.05, severity: 'critical' },
  { longMs: 3 * DAY_MS, budget: 0.1, severity: 'warning' },
] as const;

const SHORT_PART = 12;
/** A rate over less holds too few scrapes. */
const MIN_LONG_MS = 5 * MINUTE_MS;
const MIN_SHORT_MS = MINUTE_MS;

/**
 * The windows of multiwindow, multi-burn-rate alerts (Google, The Site Reliability Workbook, chapter 5, table 5-8): of
 * 30 days 1 h and 5 min at 14.4, 6 h and 30 min at 6, 3 d and 6 h at 1.
 *
 * @remarks
 * They are scaled with the window of the objective, so that each fires after the same part of its budget is gone:
 *
 *     long(W) = long(30 d) x W / 30 d, at least 5 min;  short = long / 12, at least 1 min
 *     threshold = part of the budget x W / long(W)
 *
 * which leaves 14.4, 6 and 1 as they are, but for windows so short that the least bounds them.
 */
export function burnWindows(windowMs: number): BurnWindow[] {
  return OF_THIRTY_DAYS.map(({ longMs, budget, severity }) => {
    const long = Math.max(MIN_LONG_MS, (longMs * windowMs) / (30 * DAY_MS));
    return {
      longMs: long,
      shortMs: Math.max(MIN_SHORT_MS, long / SHORT_PART),
      threshold: Number(((budget * windowMs) / long).toPrecision(6)),
      severity,
    };
  });
}

/** How fast the budget is used up; 1 uses exactly all of it within the window of the objective. */
export function burnRate(
  { requests, bad }: { requests: number; bad: number },
  objective: number,
): number | undefined {
  return requests > 0 ? bad / requests / (1 - objective) : undefined;
}
