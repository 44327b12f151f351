import { formatMeasure } from '@ghostlight/plugin-ghostlight-react';
import type {
  HealthPoint,
  WorkloadMetrics,
} from '@ghostlight/plugin-health-common';

/**
 * The traffic of all workloads in a few words: `24.1 requests/s, 0.21 % errors, p95 84 ms now`. Undefined
 * where there was none. Rates are averages over the window; quantiles do not average, so the newest is told.
 */
export function trafficWords(
  workloads: readonly WorkloadMetrics[],
): string | undefined {
  const measured = workloads.flatMap(({ requests, errors }) => {
    const errorsAt = new Map(errors);
    return requests.map(([at, rate]) => ({ rate, errors: errorsAt.get(at) }));
  });
  const requests = workloads.reduce(
    (sum, workload) => sum + mean(workload.requests),
    0,
  );
  if (requests === 0) {
    return undefined;
  }
  let asked = 0;
  let failed = 0;
  for (const { rate, errors } of measured) {
    if (rate !== null && errors !== null && errors !== undefined) {
      asked += rate;
      failed += rate * errors;
    }
  }
  const p95 = Math.max(
    ...workloads.map(({ p95Ms }) => newest(p95Ms) ?? Number.NEGATIVE_INFINITY),
  );
  return [
    `${formatMeasure(requests, 'per-second').replace('/s', ' requests/s')}`,
    ...(asked > 0 ? [`${formatMeasure(failed / asked, 'ratio')} errors`] : []),
    ...(Number.isFinite(p95) ? [`p95 ${formatMeasure(p95, 'ms')} now`] : []),
  ].join(', ');
}

function mean(points: readonly HealthPoint[]): number {
  const known = points.flatMap(([, value]) => (value === null ? [] : [value]));
  return known.length === 0
    ? 0
    : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Of the last few steps: what is older is not now. */
function newest(points: readonly HealthPoint[]): number | undefined {
  return (
    points.slice(-4).findLast(([, value]) => value !== null)?.[1] ?? undefined
  );
}
