import type { Alert, AlertMetric } from '@ghostlight/plugin-health-common';
import {
  bytesWords,
  coresWords,
  factorWords,
  millisWords,
  percentWords,
} from '../objectives/words';
import { GAP_MS } from './decideAlert';
import type { Observation } from './Observation';

/** What an alert is about. How long it lasts is told beside its words, from when it began. */
export interface AlertFacts {
  name: string;
  kind: Alert['kind'];
  state: Alert['state'];
  metric?: AlertMetric;
  side: Observation['side'];
  unit: Observation['unit'];
  threshold: number;
  worst?: number;
  latest?: number;
  /** Unix milliseconds. */
  lastSeenAt: number;
}

const NOUNS: Record<AlertMetric, [noun: string, is: string, was: string]> = {
  errors: ['errors', 'are', 'were'],
  p50: ['p50', 'is', 'was'],
  p95: ['p95', 'is', 'was'],
  p99: ['p99', 'is', 'was'],
  requests: ['requests', 'are', 'were'],
  cpu: ['CPU', 'is', 'was'],
  memory: ['memory', 'is', 'was'],
  restarts: ['restarts within 10 min', 'are', 'were'],
  ready: ['ready replicas', 'are', 'were'],
};

const AMOUNTS: Record<Observation['unit'], (value: number) => string> = {
  ratio: percentWords,
  ms: millisWords,
  'per-second': value => `${Number(value.toPrecision(3))}/s`,
  cores: coresWords,
  bytes: bytesWords,
  'of-limit': value => `${percentWords(value)} of the limit`,
  'of-replicas': value => `${percentWords(value)} of those wanted`,
  count: value => String(Math.round(value)),
  'burn-rate': factorWords,
};

/** `errors are 4.2 %, above 1 %` */
export function alertSummary(facts: AlertFacts, now: Date): string {
  const { metric, side, threshold, latest, worst } = facts;
  const amount = AMOUNTS[facts.unit];
  // Over which windows a budget burns is not told: data may be younger than they are long.
  const [noun, is, was] = metric
    ? NOUNS[metric]
    : [`the budget of ${facts.name}`, 'burns', 'burned'];
  const limit = `${side} ${amount(threshold)}`;
  if (facts.state === 'resolved') {
    const atWorst = worst === undefined ? '' : `, at worst ${amount(worst)}`;
    return `${noun} ${was} ${limit}${atWorst}`;
  }
  const value = latest === undefined ? '' : ` ${amount(latest)},`;
  if (now.getTime() - facts.lastSeenAt > GAP_MS) {
    return `${noun} ${was}${value} ${limit}; not known since ${clock(
      facts.lastSeenAt,
    )}`;
  }
  return isWrong(facts)
    ? `${noun} ${is}${value} ${limit}`
    : `${noun} ${is}${value} no longer ${limit}; it ends when it stays so`;
}

function isWrong({ side, threshold, latest, unit }: AlertFacts): boolean {
  if (latest === undefined) {
    return true;
  }
  // A burn rate fires at its threshold, other values beyond theirs.
  const isAt = unit === 'burn-rate' && latest === threshold;
  return isAt || (side === 'above' ? latest > threshold : latest < threshold);
}

function clock(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(11, 16)} UTC`;
}
