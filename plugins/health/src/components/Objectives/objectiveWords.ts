import {
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
} from '@ghostlight/plugin-ghostlight-react';
import type { ObjectiveHealth, Slo } from '@ghostlight/plugin-health-common';
import { durationWords } from './durationWords';

/** What is promised: `99.95 % of requests succeed over 30 days`. */
export function promiseWords(slo: Slo): string {
  const share = exactPercent(slo.objective);
  const period = `over ${durationWords(slo.window)}`;
  return slo.kind === 'latency' && slo.thresholdMs !== undefined
    ? `${share} of requests are answered within ${formatDuration(
        slo.thresholdMs,
      )} ${period}`
    : `${share} of requests succeed ${period}`;
}

/** `349 of 1,204,311 requests failed, 1,204 may`; what may is rounded down: half a request can not fail. */
export function usedWords(objective: ObjectiveHealth): string | undefined {
  const { slo, requests, bad } = objective;
  if (requests === undefined || bad === undefined) {
    return undefined;
  }
  if (requests === 0) {
    return 'no requests yet';
  }
  const verb = slo.kind === 'latency' ? 'were too slow' : 'failed';
  // 1,000 x (1 - 0.99) is 9.99...: floating point must not take a request away.
  const may = Math.floor(requests * (1 - slo.objective) + 1e-6);
  return `${formatCount(bad)} of ${formatCount(
    requests,
  )} requests ${verb}, ${formatCount(may)} may`;
}

/** `71 % of the budget left`, or by how much it is overspent. */
export function budgetWords(budgetLeft: number): string {
  return budgetLeft < 0
    ? `overspent by ${formatPercent(-budgetLeft)} of the budget`
    : `${formatPercent(budgetLeft)} of the budget left`;
}

/** `0.4 x`; a rate that was not measured is not 0. */
export function burnWords(rate: number | undefined): string {
  return rate === undefined ? 'no data' : `${formatNumber(rate)} x`;
}

/** What was promised is never rounded: 99.95 % is not 100 %. */
function exactPercent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(6))} %`;
}
