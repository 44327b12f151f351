import { z } from 'zod';
import { ALERT_METRICS, type AlertMetric } from '../../types';
import type { Problem } from '../problem';
import { listSection } from '../section';
import { readDuration, type Read } from '../units';
import { DURATION_FORM, written, type Written } from '../written';
import { descriptionSchema, nameSchema } from './shared';
import { readThreshold, type Threshold } from './threshold';

/**
 * A threshold of `ghostlight.yaml`.
 *
 * @public
 */
export interface AlertRule {
  name: string;
  metric: AlertMetric;
  /** On which side of the threshold something is wrong. */
  side: 'above' | 'below';
  threshold: Threshold;
  /** How long it must be on that side before the alert fires. */
  forMs: number;
  severity: 'critical' | 'warning';
  description?: string;
}

const MAX_FOR_MS = 24 * 3_600_000;

function readFor(input: Written): Read<number> {
  const read = readDuration(input, ['2m', '30s']);
  return read.ok && read.value > MAX_FOR_MS
    ? {
        ok: false,
        message: `${input} is longer than a day`,
        hint: 'write for instance 5m',
      }
    : read;
}

const thresholdSchema = z
  .custom<Written>(
    input => typeof input === 'string' || typeof input === 'number',
    { error: 'must be a number with its unit' },
  )
  .optional();

const FORMS =
  'errors: 5 % or 0.05; p50, p95, p99: 500ms; requests: 100/s; cpu: 90 % of the limit or 250m; memory: 90 % of the limit or 200Mi; restarts: a number within 10 minutes; ready: 100 % of the replicas or a number';

const itemSchema = z
  .strictObject({
    name: nameSchema.meta({
      title: 'Name',
      description: 'What people call it, unlike any other of the file.',
      examples: ['errors', 'slow'],
    }),
    metric: z.enum(ALERT_METRICS).meta({
      title: 'Metric',
      description:
        'errors: share of failed requests; p50, p95, p99: how long requests take; requests: per second; cpu, memory: of the busiest replica; restarts: of all replicas within 10 minutes; ready: replicas.',
    }),
    above: thresholdSchema.meta({
      title: 'Above',
      type: ['string', 'number'],
      description: `Something is wrong above this. ${FORMS}.`,
      examples: ['5 %', '500ms', '90 %', 3],
    }),
    below: thresholdSchema.meta({
      title: 'Below',
      type: ['string', 'number'],
      description: `Something is wrong below this. ${FORMS}.`,
      examples: ['100 %', '1/s'],
    }),
    for: written(readFor, { ...DURATION_FORM, examples: ['2m', '30s'] })
      .optional()
      .meta({
        title: 'For',
        description:
          'How long it must last before the alert fires; at once when not given. The alert ends when it has been right again for as long, at least 1 and at most 5 minutes.',
      }),
    severity: z.enum(['critical', 'warning']).optional().meta({
      title: 'Severity',
      description:
        'critical: the owners are notified. warning (when not given): it is shown.',
    }),
    description: descriptionSchema,
  })
  .meta({
    title: 'Alert',
    oneOf: [{ required: ['above'] }, { required: ['below'] }],
  });

function sidesOf(raw: Readonly<Record<string, unknown>>) {
  return (['above', 'below'] as const).filter(side => raw[side] !== undefined);
}

/** Exactly one side, in a unit of the metric. */
function check(raw: Readonly<Record<string, unknown>>): Problem[] {
  const sides = sidesOf(raw);
  if (sides.length !== 1) {
    return [
      {
        path: sides.length === 0 ? [] : [sides[1]],
        at: 'key',
        message:
          sides.length === 0
            ? 'above or below is missing: when is something wrong?'
            : 'above and below do not go together',
        hint:
          sides.length === 0
            ? 'for instance above: 5 %'
            : 'make two alerts of it, one for each side',
      },
    ];
  }
  const [side] = sides;
  const value = raw[side];
  const metric = ALERT_METRICS.find(known => known === raw.metric);
  if (
    metric === undefined ||
    (typeof value !== 'string' && typeof value !== 'number')
  ) {
    return [];
  }
  const read = readThreshold(metric, value);
  return read.ok
    ? []
    : [{ path: [side], at: 'value', message: read.message, hint: read.hint }];
}

export const alerts = listSection({
  schema: z.array(itemSchema).max(50).meta({
    title: 'Alerts',
    description:
      'Thresholds that tell when something is wrong. Each objective has an alert of its own already.',
  }),
  item: itemSchema,
  known: {
    keys: Object.keys(itemSchema.shape),
    examples: { name: 'name: errors', metric: 'metric: errors' },
  },
  check,
  toValue: (item): AlertRule | undefined => {
    const [side] = sidesOf(item);
    const threshold = side && item[side];
    const read =
      threshold === undefined
        ? undefined
        : readThreshold(item.metric, threshold);
    return read?.ok
      ? {
          name: item.name,
          metric: item.metric,
          side,
          threshold: read.value,
          forMs: item.for ?? 0,
          severity: item.severity ?? 'warning',
          ...(item.description && { description: item.description }),
        }
      : undefined;
  },
  max: 50,
  noun: 'alert',
});
