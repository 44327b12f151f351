import { z } from 'zod';
import type { MetricPoint, MetricSeries } from '../../types';

const warnings = z
  .array(z.string())
  .nullish()
  .transform(value => value ?? []);

/** What every answer of Prometheus' HTTP API is wrapped in. */
export const envelopeSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.object({
      resultType: z.enum(['matrix', 'vector', 'scalar', 'string']),
      result: z.array(z.unknown()),
    }),
    warnings,
    infos: warnings,
  }),
  z.object({
    status: z.literal('error'),
    errorType: z.string().default('unknown'),
    error: z.string().default('no reason given'),
  }),
]);

/** @see https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats */
export type QueryData = Extract<
  z.infer<typeof envelopeSchema>,
  { status: 'success' }
>['data'];

/** The answer is none of Prometheus'. */
export class NotPrometheusError extends Error {}

/**
 * Series of an answer, at most `max` of them. Checked by hand: a schema would look at each of a million points through
 * several functions.
 */
export function seriesOf(data: QueryData, max: number): MetricSeries[] {
  if (data.resultType === 'scalar') {
    return [{ labels: {}, points: [pointOf(data.result)] }];
  }
  if (data.resultType === 'string') {
    throw new NotPrometheusError('it answered a text, which is no series');
  }
  return data.result.slice(0, max).map(item => {
    if (typeof item !== 'object' || item === null) {
      throw new NotPrometheusError('one of its series is none');
    }
    const metric = 'metric' in item ? item.metric : undefined;
    const samples =
      'values' in item && Array.isArray(item.values)
        ? item.values
        : 'value' in item && [item.value];
    if (!isLabels(metric) || !samples) {
      throw new NotPrometheusError('one of its series has no labels or values');
    }
    return { labels: metric, points: samples.map(pointOf) };
  });
}

/** `[seconds, "value"]`; not a number is no measurement. */
function pointOf(sample: unknown): MetricPoint {
  if (
    !Array.isArray(sample) ||
    typeof sample[0] !== 'number' ||
    typeof sample[1] !== 'string'
  ) {
    throw new NotPrometheusError('one of its samples is none');
  }
  const value = Number(sample[1].replace('Inf', 'Infinity'));
  return [
    Math.round(sample[0] * 1_000),
    Number.isNaN(value) ? undefined : value,
  ];
}

function isLabels(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every(label => typeof label === 'string')
  );
}
