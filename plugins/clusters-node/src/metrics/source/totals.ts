import { InputError } from '@backstage/errors';
import type { MetricSeries, RequestTotals, WorkloadRef } from '../../types';
import type { Answer } from '../prometheus/PrometheusClient';
import { firstSample, type Stretch } from './firstSample';
import { boundOf, cumulative, type Bucket } from './histogram';
import {
  FEW_SERIES,
  intervalMs,
  targetOf,
  uniqueNotes,
  type Sources,
} from './Question';

/** Longer stretches are added up from parts, so that a Prometheus need not hold a month of samples at once. */
const PART_MS = 24 * 60 * 60_000;

interface Interval {
  from: string;
  to: string;
}

/** How many requests there were, failed ones and slow ones. */
export async function requestTotals(
  sources: Sources,
  workload: WorkloadRef,
  interval: Interval,
  options: {
    revision?: { version?: string };
    slowerThanMs?: number[];
    since?: boolean;
    signal?: AbortSignal;
  },
): Promise<RequestTotals> {
  const { preset } = sources;
  const { lengthMs } = intervalMs(interval);
  if (!(lengthMs >= 1_000)) {
    throw new InputError(
      `From ${interval.from} to ${interval.to} is no stretch of time that requests can be counted in`,
    );
  }
  const { target, notes } = await targetOf(sources, workload, options.revision);
  const count = (query: (windowMs: number) => string) =>
    increase(sources, query, interval, options.signal);
  const ofRequests = (windowMs: number) => preset.requests(target, windowMs);
  const [requests, errors, durations] = await Promise.all([
    count(ofRequests),
    count(windowMs => preset.errors(target, windowMs)),
    count(windowMs => preset.durations(target, windowMs)),
  ]);
  const since =
    options.since && requests.first
      ? await firstSample(sources, ofRequests, requests.first, options.signal)
      : undefined;
  const buckets = cumulative(
    durations.series.flatMap(({ labels, value }): Bucket[] => {
      const bound = boundOf(labels.le);
      return bound === undefined
        ? []
        : [{ leMs: bound * preset.toMs, count: value }];
    }),
  );
  return {
    requests: sum(requests),
    errors: Math.min(sum(requests), sum(errors)),
    slow: (options.slowerThanMs ?? []).map(ms => slowerThan(ms, buckets)),
    durations: buckets,
    measured: requests.first !== undefined,
    ...(since && { since }),
    notes: uniqueNotes(notes, requests.notes, errors.notes, durations.notes),
  };
}

interface Counted {
  series: Array<{ labels: Record<string, string>; value: number }>;
  /** The first part of the interval that has data; undefined when none has. */
  first: Stretch | undefined;
  notes: string[];
}

/** What counters grew by within the interval: their rate times its length, which is what `increase` is. */
async function increase(
  { client }: Sources,
  query: (windowMs: number) => string,
  interval: Interval,
  signal: AbortSignal | undefined,
): Promise<Counted> {
  const { fromMs, toMs, lengthMs } = intervalMs(interval);
  const parts = Math.ceil(lengthMs / PART_MS);
  const partMs = Math.floor(lengthMs / parts);
  const options = { maxSeries: FEW_SERIES, signal };
  const answer: Answer =
    parts === 1
      ? await client.instant(query(partMs), toMs, options)
      : await client.range(
          query(partMs),
          {
            from: new Date(fromMs + partMs).toISOString(),
            to: interval.to,
            stepMs: partMs,
          },
          options,
        );
  const firstMs = firstPoint(answer.series);
  return {
    notes: answer.notes,
    first:
      firstMs === undefined
        ? undefined
        : { fromMs: Math.max(fromMs, firstMs - partMs), toMs: firstMs },
    series: answer.series.map(({ labels, points }) => ({
      labels,
      value: points.reduce(
        (total, [, perSecond]) => total + (perSecond ?? 0) * (partMs / 1_000),
        0,
      ),
    })),
  };
}

function sum({ series }: Counted): number {
  return series.reduce((total, { value }) => total + value, 0);
}

function slowerThan(
  thresholdMs: number,
  buckets: Bucket[],
): RequestTotals['slow'][number] {
  const all = buckets.at(-1)?.count ?? 0;
  const bucket = buckets.find(({ leMs }) => leMs >= thresholdMs);
  return {
    thresholdMs,
    bucketMs: bucket?.leMs ?? Infinity,
    count: all - (bucket?.count ?? all),
  };
}

/** When the first of the points with a value is. */
function firstPoint(series: MetricSeries[]): number | undefined {
  const times = series.flatMap(
    ({ points }) => points.find(([, value]) => value !== undefined)?.[0] ?? [],
  );
  return times.length > 0 ? Math.min(...times) : undefined;
}
