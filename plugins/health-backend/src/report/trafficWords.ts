import type { HealthTraffic } from '@ghostlight/plugin-health-common';
import { TRAFFIC_RULES } from './trafficRules';

/** `0.2 % errors, p95 84 ms (last 5 min)`; `but 12 % of requests failed, ...` when that is bad. */
export function trafficWords(
  traffic: HealthTraffic,
  isBad: boolean = false,
): string {
  const { errorRatio, p95Ms } = traffic;
  const when = `(${TRAFFIC_RULES.windowWords})`;
  if (errorRatio === undefined) {
    return `no requests ${when}`;
  }
  const errors = isBad
    ? `but ${percentWords(errorRatio)} of requests failed`
    : `${percentWords(errorRatio)} errors`;
  const latency = p95Ms === undefined ? '' : `, p95 ${msWords(p95Ms)}`;
  return `${errors}${latency} ${when}`;
}

/** At most two significant figures below 10 %, and never 0 for what is not. */
export function percentWords(ratio: number): string {
  const percent = ratio * 100;
  if (percent > 0 && percent < 0.1) {
    return 'less than 0.1 %';
  }
  return `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

/** As exact as anybody reads out: `8.5 ms`, `84 ms`, `1.23 s`. */
export function msWords(ms: number): string {
  if (ms >= 999.5) {
    return `${Number((ms / 1_000).toPrecision(3))} s`;
  }
  return `${ms < 10 ? Number(ms.toPrecision(2)) : Math.round(ms)} ms`;
}
