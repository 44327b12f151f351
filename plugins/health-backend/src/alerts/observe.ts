import { durationWords } from '@ghostlight/plugin-clusters-node';
import {
  isoDurationMs,
  type AlertRule,
  type BurnRate,
  type ObjectiveHealth,
} from '@ghostlight/plugin-health-common';
import type { Observation } from './Observation';

/** A threshold and the values of the workloads: the worst of them counts. */
export function observeRule(rule: AlertRule, values: number[]): Observation {
  const { name, metric, side, severity, forMs } = rule;
  const { value: threshold, unit } = rule.threshold;
  const worst = side === 'above' ? Math.max(...values) : Math.min(...values);
  return {
    kind: 'threshold',
    name,
    severity,
    metric,
    side,
    unit,
    threshold,
    forMs,
    reading:
      values.length > 0
        ? {
            value: worst,
            wrong: side === 'above' ? worst > threshold : worst < threshold,
          }
        : undefined,
  };
}

/**
 * The burn rates of an objective: the fastest pair that fires counts. Known while at least one pair has requests in both
 * of its windows: no traffic is no proof that it is well again.
 */
export function observeBurn({ slo, burnRates }: ObjectiveHealth): Observation {
  const known = burnRates.filter(
    ({ long, short }) => long !== undefined && short !== undefined,
  );
  const firing = known.find(rate => rate.firing);
  const told: BurnRate | undefined = firing ?? known[0] ?? burnRates[0];
  return {
    kind: 'burn-rate',
    name: slo.name,
    severity: told?.severity ?? 'critical',
    side: 'above',
    unit: 'burn-rate',
    threshold: told?.threshold ?? 1,
    ...(told && {
      detail: `${durationWords(
        isoDurationMs(told.longWindow),
      )} and ${durationWords(isoDurationMs(told.shortWindow))}`,
    }),
    forMs: 0,
    // Both windows are above the threshold when the lesser one is.
    reading:
      told?.long !== undefined && told.short !== undefined
        ? { value: Math.min(told.long, told.short), wrong: Boolean(firing) }
        : undefined,
  };
}
