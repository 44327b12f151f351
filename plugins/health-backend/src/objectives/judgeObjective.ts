import { durationWords } from '@ghostlight/plugin-clusters-node';
import {
  isoDuration,
  isoDurationMs,
  type BurnRate,
  type HealthPoint,
  type ObjectiveHealth,
  type Slo,
} from '@ghostlight/plugin-health-common';
import { burnRate, burnWindows, type BurnWindow } from './burnWindows';
import { factorWords, percentWords, requestsWords } from './words';

/** Requests within a stretch of time, and those of them that were not good. */
export interface Counted {
  requests: number;
  bad: number;
  /** Since when there are samples within the stretch, ISO 8601; undefined when there are none. */
  since?: string;
}

export interface ObjectiveFacts {
  slo: Slo;
  now: Date;
  /** Within the window of the objective; undefined when it could not be asked. */
  whole: Counted | undefined;
  /** In the order of `burnWindows`. */
  burns: Array<{ long: Counted; short: Counted }>;
  history: HealthPoint[];
  /** What limits these facts. */
  notes: string[];
}

/**
 * With fewer bad requests, chance alone could be the cause: a budget of one request is gone by one failure. So fewer
 * than these never make an alert, and never decide before there are enough requests.
 */
export const MIN_BAD = 5;
const MIN_REQUESTS = 10;
/** Samples begin a little after they were asked for; more than this part missing is worth a note. */
const TELLING_PART = 0.02;

/**
 * How an objective does.
 *
 * @remarks
 *
 *     attained   = 1 - bad / requests
 *     budgetLeft = 1 - bad / ((1 - objective) x requests)
 *
 * both over what is known of the window. Too few requests to tell: when one bad request alone would use up the whole
 * budget, that is with fewer than 1 / (1 - objective) requests (and at least 10), unless 5 are bad already. A burn rate
 * fires when both of its windows are at or above the threshold and at least 5 requests of the long one were bad.
 */
export function judgeObjective(facts: ObjectiveFacts): ObjectiveHealth {
  const { slo, whole, history, now } = facts;
  const windowMs = isoDurationMs(slo.window);
  const windows = burnWindows(windowMs);
  const burnRates = facts.burns.map((burn, n) =>
    toBurnRate(windows[n], burn, slo.objective),
  );
  const notes = [
    ...facts.notes,
    ...shortHistory(windowMs, whole, now),
    ...outOfReach(slo.objective, burnRates),
  ];
  if (!whole || whole.requests <= 0) {
    const sentence = whole
      ? `no requests within ${durationWords(windowMs)}`
      : 'unknown: its requests could not be counted';
    return { slo, status: 'unknown', sentence, burnRates, history, notes };
  }
  const { requests, bad, since } = whole;
  const budget = (1 - slo.objective) * requests;
  const counted = {
    slo,
    attained: 1 - bad / requests,
    budgetLeft: 1 - bad / budget,
    requests: Math.round(requests),
    bad: Math.round(bad),
    ...(since && { since }),
    burnRates,
    history,
  };
  const needed = Math.max(MIN_REQUESTS, Math.ceil(1 / (1 - slo.objective)));
  if (requests < needed - 0.5 && bad < MIN_BAD) {
    return {
      ...counted,
      status: 'unknown',
      sentence: `only ${requestsWords(requests)}, too few to tell`,
      notes: [
        ...notes,
        `Fewer than ${requestsWords(
          needed,
        )}: one bad request alone could use up the budget.`,
      ],
    };
  }
  const firing = burnRates.find(rate => rate.firing);
  return {
    ...counted,
    status: statusOf(counted.budgetLeft, firing),
    sentence: sentenceOf(slo, counted, firing ?? burnRates[0], windowMs),
    notes,
  };
}

function statusOf(
  budgetLeft: number,
  firing: BurnRate | undefined,
): ObjectiveHealth['status'] {
  if (budgetLeft <= 0) {
    return 'breached';
  }
  return firing ? 'at-risk' : 'met';
}

function toBurnRate(
  window: BurnWindow,
  { long, short }: { long: Counted; short: Counted },
  objective: number,
): BurnRate {
  const rates = {
    long: burnRate(long, objective),
    short: burnRate(short, objective),
  };
  return {
    longWindow: isoDuration(window.longMs),
    shortWindow: isoDuration(window.shortMs),
    ...(rates.long !== undefined && { long: rates.long }),
    ...(rates.short !== undefined && { short: rates.short }),
    threshold: window.threshold,
    severity: window.severity,
    firing:
      (rates.long ?? 0) >= window.threshold &&
      (rates.short ?? 0) >= window.threshold &&
      long.bad >= MIN_BAD,
  };
}

function sentenceOf(
  slo: Slo,
  { attained, budgetLeft }: { attained: number; budgetLeft: number },
  burn: BurnRate | undefined,
  windowMs: number,
): string {
  const burning = burnWords(burn);
  if (budgetLeft <= 0) {
    return `no budget left: ${percentWords(
      1 - attained,
    )} of requests were bad, ${percentWords(
      1 - slo.objective,
    )} may be; ${burning}`;
  }
  const left = `${percentWords(
    Math.round(budgetLeft * 100) / 100,
  )} of the budget left, ${burning}`;
  return burn?.firing && burn.long
    ? `${left}: gone in ${durationWords((budgetLeft * windowMs) / burn.long)}`
    : left;
}

function burnWords(burn: BurnRate | undefined): string {
  if (!burn) {
    return 'burning is not known';
  }
  return burn.long === undefined
    ? `no requests in the last ${durationWords(isoDurationMs(burn.longWindow))}`
    : `burning ${factorWords(burn.long)}`;
}

function shortHistory(
  windowMs: number,
  whole: Counted | undefined,
  now: Date,
): string[] {
  if (!whole?.since) {
    return [];
  }
  const knownMs = now.getTime() - Date.parse(whole.since);
  return knownMs < windowMs * (1 - TELLING_PART)
    ? [
        `Only the last ${durationWords(knownMs)} are known, of ${durationWords(
          windowMs,
        )}.`,
      ]
    : [];
}

/** A budget cannot burn faster than when every request is bad. */
function outOfReach(objective: number, burnRates: BurnRate[]): string[] {
  const fastest = 1 / (1 - objective);
  const never = burnRates.filter(({ threshold }) => threshold > fastest);
  return never.length > 0
    ? [
        `With an objective of ${percentWords(
          objective,
        )} the budget burns at most ${factorWords(
          fastest,
        )}, so the alert at ${factorWords(never[0].threshold)} never fires.`,
      ]
    : [];
}
