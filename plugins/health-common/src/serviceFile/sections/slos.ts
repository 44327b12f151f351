import { z } from 'zod';
import type { Slo } from '../../types';
import { listSection } from '../section';
import type { Problem } from '../problem';
import { isoDuration, readDuration, readShare, type Read } from '../units';
import { DURATION_FORM, SHARE_FORM, written, type Written } from '../written';
import { descriptionSchema, nameSchema } from './shared';

const DAY_MS = 86_400_000;
const MIN_WINDOW_MS = DAY_MS;
const MAX_WINDOW_MS = 90 * DAY_MS;

function readWindow(input: Written): Read<number> {
  const read = readDuration(input, ['30d', '4w']);
  if (!read.ok) {
    return read;
  }
  if (read.value < MIN_WINDOW_MS || read.value > MAX_WINDOW_MS) {
    return {
      ok: false,
      message: `a window of ${input} cannot be judged`,
      hint: 'write a window of 1d to 90d, such as 30d',
    };
  }
  return read;
}

const itemSchema = z
  .strictObject({
    name: nameSchema.meta({
      title: 'Name',
      description: 'What people call it, unlike any other of the file.',
      examples: ['availability', 'fast'],
    }),
    kind: z.enum(['availability', 'latency']).meta({
      title: 'Kind',
      description:
        'availability: a request is good when it did not fail (5xx, or the caller went away). latency: a request is good when it took no longer than the threshold.',
    }),
    objective: written(input => readShare(input), {
      ...SHARE_FORM,
      examples: ['99.9 %', '99.5 %', '95 %'],
    }).meta({
      title: 'Objective',
      description:
        'The share of requests that must be good: 99.5 % or 0.995. Less than 100 %; the rest is the error budget.',
    }),
    window: written(readWindow, {
      ...DURATION_FORM,
      examples: ['30d', '7d', 'P30D'],
    }).meta({
      title: 'Window',
      description:
        'Over how long the objective is counted, back from now: 30d, 4w or P30D; from 1d to 90d.',
    }),
    threshold: written(input => readDuration(input, ['300ms']), {
      ...DURATION_FORM,
      examples: ['300ms', '0.3s', '1s'],
    })
      .optional()
      .meta({
        title: 'Threshold',
        description:
          'Only for kind latency: a request that takes longer is not good. Histogram buckets bound how exactly this can be told.',
      }),
    description: descriptionSchema,
  })
  .meta({
    title: 'Objective of a service',
    allOf: [
      {
        if: { properties: { kind: { const: 'latency' } }, required: ['kind'] },
        then: { required: ['threshold'] },
        else: { properties: { threshold: false } },
      },
    ],
  });

/** What the kind asks for besides. */
function check(raw: Readonly<Record<string, unknown>>): Problem[] {
  if (raw.kind === 'latency' && raw.threshold === undefined) {
    return [
      {
        path: ['threshold'],
        at: 'value',
        message: 'threshold is missing: which requests are too slow?',
        hint: 'for instance threshold: 300ms',
      },
    ];
  }
  if (raw.kind === 'availability' && raw.threshold !== undefined) {
    return [
      {
        path: ['threshold'],
        at: 'key',
        message: 'an objective of kind availability has no threshold',
        hint: 'remove it, or write kind: latency',
      },
    ];
  }
  return [];
}

export const slos = listSection({
  schema: z.array(itemSchema).max(20).meta({
    title: 'Objectives',
    description:
      'What the team promises about the service (SLOs). Each has an error budget, and an alert that fires when it burns too fast.',
  }),
  item: itemSchema,
  known: {
    keys: Object.keys(itemSchema.shape),
    examples: {
      name: 'name: availability',
      kind: 'kind: availability',
      objective: 'objective: 99.5 %',
      window: 'window: 30d',
    },
  },
  check,
  toValue: ({ window, threshold, ...slo }): Slo => ({
    ...slo,
    window: isoDuration(window),
    ...(threshold !== undefined && { thresholdMs: threshold }),
  }),
  max: 20,
  noun: 'objective',
});
