import type { HealthPoint } from '@ghostlight/plugin-health-common';
import type { Counted } from './judgeObjective';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MAX_PARTS = 12;
const STEPS_MS = [1, 5, 10, 15, 30, 60, 120].map(each => each * MINUTE_MS);

/** A stretch of time, its ends on the clock, so that what is asked once can be remembered. */
export interface Part {
  fromMs: number;
  toMs: number;
}

/** Stretches that cover what is known of the last 24 hours, oldest first: at most 12 of the same length, and what is left until now. */
export function historyParts(nowMs: number, sinceMs: number): Part[] {
  const known = Math.min(DAY_MS, nowMs - sinceMs);
  const step =
    STEPS_MS.find(each => known / each <= MAX_PARTS) ??
    STEPS_MS[STEPS_MS.length - 1];
  const last = Math.floor(nowMs / step) * step;
  const parts: Part[] = nowMs > last ? [{ fromMs: last, toMs: nowMs }] : [];
  for (
    let toMs = last;
    toMs - step >= nowMs - known - step / 2 && parts.length <= MAX_PARTS;
    toMs -= step
  ) {
    parts.unshift({ fromMs: toMs - step, toMs });
  }
  return parts;
}

/**
 * The budget that was left at the begin of each part and now, from what is counted now: going back, the requests of a part leave
 * the window at its near end, and those that have dropped out at its far end since (`old`, the same parts one window
 * earlier) come back.
 */
export function budgetHistory(options: {
  objective: number;
  nowMs: number;
  whole: Counted;
  parts: Array<{ part: Part; recent: Counted; old: Counted | undefined }>;
}): HealthPoint[] {
  const { objective, whole, parts, nowMs } = options;
  const left = (requests: number, bad: number) =>
    requests > 0 ? 1 - Math.max(0, bad) / ((1 - objective) * requests) : null;
  const points: HealthPoint[] = [
    [Math.round(nowMs / 1000), left(whole.requests, whole.bad)],
  ];
  let { requests, bad } = whole;
  for (const { part, recent, old } of [...parts].reverse()) {
    requests += (old?.requests ?? 0) - recent.requests;
    bad += (old?.bad ?? 0) - recent.bad;
    points.unshift([Math.round(part.fromMs / 1000), left(requests, bad)]);
  }
  return points;
}
