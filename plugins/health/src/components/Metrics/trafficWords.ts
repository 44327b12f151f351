import {
  type ChartWindow,
  formatMeasure,
  newestValue,
} from '@ghostlight/plugin-ghostlight-react';
import type { HealthMetrics } from '@ghostlight/plugin-health-common';

/**
 * The present traffic of all workloads in a few words: `24.1 requests/s, 0.21 % errors, p95 84 ms now`, of the same
 * points that the charts have in their heads. Undefined where nothing of now is known or nothing was asked at all.
 */
export function trafficWords(
  metrics: Pick<HealthMetrics, 'workloads' | 'from' | 'to' | 'stepSeconds'>,
): string | undefined {
  const { workloads, from, to, stepSeconds } = metrics;
  const window: ChartWindow = {
    from: Date.parse(from) / 1000,
    to: Date.parse(to) / 1000,
    stepSeconds,
  };
  const now = workloads.map(({ requests, errors, p95Ms }) => ({
    requests: newestValue(requests, window),
    errors: newestValue(errors, window),
    p95Ms: newestValue(p95Ms, window),
  }));
  const rates = now.flatMap(({ requests = [] }) => requests);
  const wasAsked = workloads.some(({ requests }) =>
    requests.some(([, rate]) => rate !== null && rate > 0),
  );
  if (rates.length === 0 || !wasAsked) {
    return undefined;
  }
  const rate = rates.reduce((sum, each) => sum + each, 0);
  if (rate === 0) {
    return 'No requests now';
  }
  const errors = errorsOf(now);
  const p95 = Math.max(...now.flatMap(({ p95Ms = [] }) => p95Ms));
  return `${[
    formatMeasure(rate, 'per-second').replace('/s', ' requests/s'),
    ...(errors === undefined
      ? []
      : [`${formatMeasure(errors, 'ratio')} errors`]),
    ...(Number.isFinite(p95) ? [`p95 ${formatMeasure(p95, 'ms')}`] : []),
  ].join(', ')} now`;
}

/** Of several workloads, weighed by the requests they are a share of. */
function errorsOf(
  now: readonly { requests?: number; errors?: number }[],
): number | undefined {
  let asked = 0;
  let failed = 0;
  for (const { requests = 0, errors } of now) {
    if (errors !== undefined) {
      asked += requests;
      failed += requests * errors;
    }
  }
  return asked > 0 ? failed / asked : undefined;
}
