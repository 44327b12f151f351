import type { StatusValue } from '@ghostlight/plugin-ghostlight-react';
import type {
  ComparedMetric,
  ComparisonVerdict,
  DeployComparison,
  WorkloadComparison,
} from '@ghostlight/plugin-health-common';

export interface VerdictLook {
  /** At the end of a sentence. */
  clause: string;
  /** Alone. */
  word: string;
  status: StatusValue;
}

const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' });

export const verdicts: Record<ComparisonVerdict, VerdictLook> = {
  worse: { clause: 'worse', word: 'Worse', status: 'degraded' },
  undecided: {
    clause: 'undecided yet whether it is worse',
    word: 'Undecided',
    status: 'unknown',
  },
  'no-data': {
    clause: 'no data to compare it by',
    word: 'No data',
    status: 'unknown',
  },
  'no-worse': { clause: 'no worse', word: 'No worse', status: 'healthy' },
  better: { clause: 'better', word: 'Better', status: 'healthy' },
};

const names: Record<ComparedMetric['metric'], string> = {
  errors: 'errors',
  p50: 'p50',
  p95: 'p95',
  p99: 'p99',
  requests: 'requests',
  cpu: 'CPU',
  memory: 'memory',
};

/** The verdict at the end of a sentence; a bad one says on what: `worse in errors and p95`. */
export function verdictClause(comparison: WorkloadComparison): string {
  const worse = worseIn(comparison);
  return [
    verdicts[comparison.verdict].clause,
    ...(worse ? [`in ${worse}`] : []),
  ].join(' ');
}

/** The verdict alone: `No worse`, `Worse: errors and p95`. */
export function verdictWord(comparison: WorkloadComparison): string {
  const worse = worseIn(comparison);
  return [verdicts[comparison.verdict].word, ...(worse ? [worse] : [])].join(
    ': ',
  );
}

function worseIn({ verdict, metrics }: WorkloadComparison): string {
  const worse = metrics
    .filter(metric => metric.verdict === 'worse')
    .map(({ metric }) => names[metric]);
  return verdict === 'worse' ? listed.format(worse) : '';
}

/** Of one metric; how much is asked is what it is, neither better nor worse. */
export function metricVerdict(
  metric: Pick<ComparedMetric, 'metric' | 'verdict'>,
): Pick<VerdictLook, 'word'> & Partial<VerdictLook> {
  return metric.metric === 'requests' && metric.verdict !== 'no-data'
    ? { word: 'Not judged' }
    : verdicts[metric.verdict];
}

/** The workload that was deployed last, where there was something before it. */
export function lastDeployed(
  comparison: DeployComparison | undefined,
): WorkloadComparison | undefined {
  return comparison?.workloads
    .filter(({ before }) => before.revision !== undefined)
    .sort((a, b) => Date.parse(b.after.from) - Date.parse(a.after.from))[0];
}
