import type { AlertMetric } from '../../types';
import {
  readBytes,
  readCores,
  readCount,
  readDuration,
  readRate,
  readShare,
  type Read,
} from '../units';
import type { Written } from '../written';

/**
 * A number and what it is of. `ratio` is a share of requests, `of-limit` of what the replica may use, `of-replicas` of
 * the replicas that are wanted, each 0..1.
 *
 * @public
 */
export interface Threshold {
  value: number;
  unit:
    | 'ratio'
    | 'ms'
    | 'per-second'
    | 'cores'
    | 'bytes'
    | 'of-limit'
    | 'of-replicas'
    | 'count';
}

const isShare = (input: Written) => String(input).trim().endsWith('%');

function as(unit: Threshold['unit'], read: Read<number>): Read<Threshold> {
  return read.ok ? { ok: true, value: { value: read.value, unit } } : read;
}

const duration = (input: Written) => as('ms', readDuration(input, ['500ms']));

const READERS: Record<AlertMetric, (input: Written) => Read<Threshold>> = {
  errors: input => as('ratio', readShare(input, { ends: true })),
  p50: duration,
  p95: duration,
  p99: duration,
  requests: input => as('per-second', readRate(input)),
  cpu: input =>
    isShare(input)
      ? as('of-limit', readShare(input, { ends: true }))
      : as('cores', readCores(input)),
  memory: input =>
    isShare(input)
      ? as('of-limit', readShare(input, { ends: true }))
      : as('bytes', readBytes(input)),
  restarts: input => as('count', readCount(input)),
  ready: input =>
    isShare(input)
      ? as('of-replicas', readShare(input, { ends: true }))
      : as('count', readCount(input)),
};

/** The threshold of a metric in its own unit. */
export function readThreshold(
  metric: AlertMetric,
  input: Written,
): Read<Threshold> {
  return READERS[metric](input);
}
