import type {
  ComparedMetric,
  ComparisonVerdict,
} from '@ghostlight/plugin-health-common';
import { SETTLING_MS } from './stretches';
import { millisWords, percentWords, requestsWords } from '../objectives/words';

const VERDICTS: Record<ComparisonVerdict, string> = {
  'no-worse': 'No worse',
  better: 'Better',
  worse: 'Worse',
  undecided: 'Undecided',
  'no-data': 'No data',
};

/** `No worse: 0.2 % errors before and after, p95 84 ms after 81 ms.` */
export function comparisonSentence(
  verdict: ComparisonVerdict,
  metrics: ComparedMetric[],
  requests: { before: number; after: number },
): string {
  if (verdict === 'no-data') {
    return `No data: ${requestsWords(
      requests.before,
    )} before the deploy, ${requestsWords(requests.after)} since.`;
  }
  const find = (name: ComparedMetric['metric']) =>
    metrics.find(({ metric }) => metric === name);
  const worse = metrics.filter(
    ({ metric, verdict: each }) =>
      each === 'worse' && metric !== 'errors' && metric !== 'p95',
  );
  const parts = [
    errorWords(find('errors')),
    ...[find('p95'), ...worse].map(durationWords),
  ].filter(Boolean);
  const rest = undecidedWords(verdict, find('errors'), find('p95'));
  return [`${VERDICTS[verdict]}: ${parts.join(', ')}.`, ...rest].join(' ');
}

/** What is undecided in an undecided comparison, and what else is while errors lead. */
function undecidedWords(
  verdict: ComparisonVerdict,
  ...deciding: Array<ComparedMetric | undefined>
): string[] {
  const undecided = deciding.find(metric => metric?.verdict === 'undecided');
  if (!undecided || !['undecided', 'better'].includes(verdict)) {
    return [];
  }
  const which = verdict === 'better' ? ['Latency is undecided.'] : [];
  return undecided.note ? [...which, undecided.note] : which;
}

/** While new replicas settle there is nothing to compare yet. */
export function settlingSentence(fromMs: number): string {
  const seconds = Math.round(SETTLING_MS / 1_000);
  const clock = new Date(fromMs).toISOString().slice(11, 19);
  return `No data yet: what is compared begins ${seconds} s after the deploy, at ${clock} UTC.`;
}

function errorWords(metric: ComparedMetric | undefined): string | undefined {
  if (metric?.before === undefined || metric.after === undefined) {
    return undefined;
  }
  const [before, after] = [metric.before, metric.after].map(percentWords);
  return before === after
    ? `${after} errors before and after`
    : `${after} errors after ${before}`;
}

function durationWords(metric: ComparedMetric | undefined): string | undefined {
  if (metric?.before === undefined || metric.after === undefined) {
    return undefined;
  }
  const [before, after] = [metric.before, metric.after].map(millisWords);
  return before === after
    ? `${metric.metric} ${after} before and after`
    : `${metric.metric} ${after} after ${before}`;
}
