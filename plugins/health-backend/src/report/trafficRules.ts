import type { WorkloadTraffic } from '@ghostlight/plugin-clusters-node';
import type {
  HealthStatus,
  HealthTraffic,
} from '@ghostlight/plugin-health-common';

/**
 * When requests speak louder than replicas. All that run and are ready may still answer with errors: a workload whose
 * callers see this is not healthy.
 */
export const TRAFFIC_RULES = {
  /** What is looked at. */
  window: 'PT5M',
  windowMs: 5 * 60_000,
  windowWords: 'last 5 min',
  /** Fewer requests say nothing: one error of three is 33 %. */
  minRequests: 20,
  /** Share of failed requests from which on it does not serve. */
  failing: 0.5,
  /** Share of failed requests from which on it serves with less than is wanted. */
  degraded: 0.05,
} as const;

/** What the requests say; undefined when they are too few, or nobody counts them. */
export function judgeTraffic(
  traffic: WorkloadTraffic | undefined,
): Extract<HealthStatus, 'healthy' | 'degraded' | 'failing'> | undefined {
  if (
    traffic?.errorRatio === undefined ||
    traffic.requests < TRAFFIC_RULES.minRequests
  ) {
    return undefined;
  }
  if (traffic.errorRatio >= TRAFFIC_RULES.failing) {
    return 'failing';
  }
  return traffic.errorRatio >= TRAFFIC_RULES.degraded ? 'degraded' : 'healthy';
}

/** As reports and lists carry it. */
export function healthTraffic(
  traffic: WorkloadTraffic | undefined,
): HealthTraffic | undefined {
  return (
    traffic && {
      window: TRAFFIC_RULES.window,
      requestsPerSecond: traffic.requestsPerSecond,
      errorRatio: traffic.errorRatio,
      p95Ms: traffic.p95Ms,
    }
  );
}

/** Several workloads as one; p95 of the slowest, since quantiles cannot be added up. */
export function sumTraffic(
  parts: Array<HealthTraffic | undefined>,
): HealthTraffic | undefined {
  const known = parts.flatMap(part => part ?? []);
  if (known.length <= 1) {
    return known[0];
  }
  const rate = known.reduce((sum, part) => sum + part.requestsPerSecond, 0);
  const failed = known.reduce(
    (sum, part) => sum + part.requestsPerSecond * (part.errorRatio ?? 0),
    0,
  );
  const p95s = known.flatMap(({ p95Ms }) => p95Ms ?? []);
  return {
    window: TRAFFIC_RULES.window,
    requestsPerSecond: rate,
    errorRatio: rate > 0 ? failed / rate : undefined,
    p95Ms: p95s.length > 0 ? Math.max(...p95s) : undefined,
  };
}
