import type {
  ComparedMetric,
  ComparisonVerdict,
} from '@ghostlight/plugin-health-common';
import { percentWords, requestsWords } from '../objectives/words';
import { bucketQuantile } from './bucketQuantile';
import {
  durations,
  ERRORS,
  judgeDifference,
  USAGE_PART,
  type Judgement,
} from './judgeDifference';
import { difference, shareDifference, Z } from './proportions';

/** What was measured on one side. */
export interface Measured {
  seconds: number;
  requests: number;
  errors: number;
  durations: Array<{ leMs: number; count: number }>;
  /** Mean of the busiest replica; undefined when not measured. */
  cpuCores?: number;
  memoryBytes?: number;
}

/** Fewer on either side tell nothing whatever they were. */
const MIN_REQUESTS = 10;

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** Each metric before and after, with its verdict. */
export function compareMetrics(
  before: Measured,
  after: Measured,
): ComparedMetric[] {
  return [
    errors(before, after),
    duration('p50', before, after),
    duration('p95', before, after),
    duration('p99', before, after),
    requests(before, after),
    usage('cpu', 'cores', before.cpuCores, after.cpuCores),
    usage('memory', 'bytes', before.memoryBytes, after.memoryBytes),
  ];
}

/**
 * Of all metrics: worse if one is; decided by errors and p95, for p99 needs more requests than most services get and
 * usage has no interval. Fewer errors lead, also while latency is undecided: who waits for an answer that fails waits for
 * nothing. Else it is better only if nothing else is said.
 */
export function overall(metrics: ComparedMetric[]): ComparisonVerdict {
  const deciding = metrics.filter(({ metric }) =>
    ['errors', 'p95'].includes(metric),
  );
  const has = (verdict: ComparisonVerdict) =>
    deciding.some(metric => metric.verdict === verdict);
  if (metrics.some(({ verdict }) => verdict === 'worse')) {
    return 'worse';
  }
  if (deciding.every(({ verdict }) => verdict === 'no-data')) {
    return 'no-data';
  }
  if (verdictOf(metrics, 'errors') === 'better') {
    return 'better';
  }
  if (has('undecided')) {
    return 'undecided';
  }
  return has('better') ? 'better' : 'no-worse';
}

function verdictOf(
  metrics: ComparedMetric[],
  name: ComparedMetric['metric'],
): ComparisonVerdict | undefined {
  return metrics.find(({ metric }) => metric === name)?.verdict;
}

function errors(before: Measured, after: Measured): ComparedMetric {
  const shared = { metric: 'errors', unit: 'ratio' } as const;
  const share = (side: Measured) => ({
    count: Math.min(side.errors, side.requests),
    of: side.requests,
  });
  const ratio = (side: Measured) =>
    side.requests > 0 ? share(side).count / side.requests : undefined;
  const values = sides(ratio(before), ratio(after));
  if (values.difference === undefined) {
    return { ...shared, ...values, verdict: 'no-data' };
  }
  const interval = shareDifference(share(before), share(after), Z);
  const judgement = judgeDifference(values.difference, interval, ERRORS);
  return {
    ...shared,
    ...values,
    interval,
    ...told(judgement, before.requests, after.requests),
  };
}

function duration(
  metric: keyof typeof QUANTILES,
  before: Measured,
  after: Measured,
): ComparedMetric {
  const shared = { metric, unit: 'ms' } as const;
  const timed = (side: Measured) => side.durations.at(-1)?.count ?? 0;
  const [a, b] = [before, after].map(side =>
    bucketQuantile(side.durations, QUANTILES[metric], Z),
  );
  const values = sides(a?.value, b?.value);
  if (!a || !b || values.difference === undefined) {
    return { ...shared, ...values, verdict: 'no-data' };
  }
  if (!a.interval || !b.interval) {
    return {
      ...shared,
      ...values,
      verdict: 'undecided',
      note: 'Too few requests for an interval, or slower than the last bound of the histogram.',
    };
  }
  const interval = difference(
    { value: a.value, interval: a.interval },
    { value: b.value, interval: b.interval },
  );
  const judgement = judgeDifference(
    values.difference,
    interval,
    durations(a.value),
  );
  return {
    ...shared,
    ...values,
    interval,
    ...told(judgement, timed(before), timed(after)),
  };
}

/** Traffic is what it is: neither better nor worse. */
function requests(before: Measured, after: Measured): ComparedMetric {
  const rate = ({ requests: count, seconds }: Measured) =>
    seconds > 0 ? count / seconds : undefined;
  const values = sides(rate(before), rate(after));
  return {
    metric: 'requests',
    unit: 'per-second',
    ...values,
    verdict: values.difference === undefined ? 'no-data' : 'no-worse',
    note: 'How much is asked is not judged.',
  };
}

/** Samples of a replica follow each other: an interval as of independent ones would be a lie, so there is none. */
function usage(
  metric: 'cpu' | 'memory',
  unit: 'cores' | 'bytes',
  before: number | undefined,
  after: number | undefined,
): ComparedMetric {
  const values = sides(before, after);
  if (before === undefined || values.difference === undefined) {
    return { metric, unit, ...values, verdict: 'no-data' };
  }
  const part = before > 0 ? values.difference / before : 0;
  return part > USAGE_PART
    ? {
        metric,
        unit,
        ...values,
        verdict: 'undecided',
        note: `${percentWords(part)} more; whether by chance cannot be told.`,
      }
    : { metric, unit, ...values, verdict: 'no-worse' };
}

function sides(before: number | undefined, after: number | undefined) {
  return {
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(before !== undefined &&
      after !== undefined && { difference: after - before }),
  };
}

function told(
  judgement: Judgement,
  before: number,
  after: number,
): { verdict: ComparisonVerdict; note?: string } {
  if (Math.min(before, after) < MIN_REQUESTS) {
    return {
      verdict: 'undecided',
      note: `Only ${requestsWords(before)} before and ${requestsWords(
        after,
      )} after.`,
    };
  }
  const { verdict, timesNeeded } = judgement;
  return timesNeeded === undefined
    ? { verdict }
    : {
        verdict,
        note: `About ${requestsWords(
          roundUp(timesNeeded * Math.min(before, after)),
        )} on either side would decide it.`,
      };
}

/** To one figure: an estimate that looks exact is none. */
function roundUp(count: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(10, count)));
  return Math.ceil(count / step) * step;
}
