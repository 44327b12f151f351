import { InputError } from '@backstage/errors';
import type { MetricPoint, RequestTotals, WorkloadRef } from '../../types';
import type { Answer } from '../prometheus/PrometheusClient';
import { boundOf, cumulative, type Bucket } from './histogram';
import {
  FEW_SERIES,
  intervalMs,
  targetOf,
  uniqueNotes,
  type Sources,
} from './Question';
import { rateWindowMs } from './rateWindow';

/** Longer stretches are added up from parts, so that a Prometheus need not hold a month of samples at once. */
const PART_MS = 24 * 60 * 60_000;
/** The beginning of data is looked for at so many points, twice. */
const SEARCH_POINTS = 60;

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
  const [requests, errors, durations, since] = await Promise.all([
    count(windowMs => preset.requests(target, windowMs)),
    count(windowMs => preset.errors(target, windowMs)),
    count(windowMs => preset.durations(target, windowMs)),
    firstSample(
      sources,
      preset.requests(target, rateWindowMs(sources.scrapeIntervalMs)),
      interval,
      options.signal,
    ),
  ]);
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
    since,
    notes: uniqueNotes(notes, requests.notes, errors.notes, durations.notes),
  };
}

interface Counted {
  series: Array<{ labels: Record<string, string>; value: number }>;
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
  return {
    notes: answer.notes,
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

/** The first time at which the query gives something: looked for at a few points, then between two of them. */
async function firstSample(
  { client, scrapeIntervalMs }: Sources,
  query: string,
  interval: Interval,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const search = async (fromMs: number, toMs: number) => {
    const stepMs = Math.max(
      scrapeIntervalMs,
      Math.ceil((toMs - fromMs) / SEARCH_POINTS),
    );
    const { series } = await client.range(
      query,
      {
        from: new Date(fromMs).toISOString(),
        to: new Date(toMs).toISOString(),
        stepMs,
      },
      { maxSeries: 1, signal },
    );
    const first = series[0]?.points.find(isMeasured)?.[0];
    return { first, stepMs };
  };
  const { fromMs, toMs } = intervalMs(interval);
  const rough = await search(fromMs, toMs);
  if (rough.first === undefined) {
    return undefined;
  }
  const isExact =
    rough.first === fromMs || rough.stepMs <= 2 * scrapeIntervalMs;
  const fine = isExact
    ? rough
    : await search(rough.first - rough.stepMs, rough.first);
  return new Date(fine.first ?? rough.first).toISOString();
}

function isMeasured([, value]: MetricPoint): boolean {
  return value !== undefined;
}
