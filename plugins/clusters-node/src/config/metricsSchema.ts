import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';
import { QUERY_PLACEHOLDERS } from '../metrics/template/placeholders';
import { compileTemplate } from '../metrics/template/compileTemplate';
import { LABEL_NAMES, QUERY_NAMES, type LabelName } from './MetricsConfig';
import { httpUrl } from './httpUrl';

/** `PT15S`, `15s` or `{ seconds: 15 }`, as milliseconds. */
const duration = z.unknown().transform((value, context) => {
  try {
    const config = new ConfigReader({ value: toConfigValue(value) });
    return durationToMilliseconds(
      readDurationFromConfig(config, { key: 'value' }),
    );
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'must be a duration, e.g. PT15S',
    });
    return z.NEVER;
  }
});

const atLeast = (ms: number, words: string) =>
  duration.refine(value => value >= ms, { message: `must be ${words}` });

/** `prometheus` of an environment. */
export const prometheusSchema = z.strictObject({
  url: httpUrl,
  token: z.string().min(1).optional(),
  headers: z
    .record(
      z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, {
        message: 'must be the name of a header',
      }),
      z.string().regex(/^[\t\x20-\x7e]*$/, {
        message: 'must be one line of plain text',
      }),
    )
    .default({}),
  timeout: atLeast(100, '100 ms or more').prefault('PT10S'),
  scrapeInterval: atLeast(1_000, '1 s or more').prefault('PT15S'),
});

const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, {
  message: 'must be the name of a Prometheus label',
});

const labels = z
  .record(z.string(), labelName)
  .superRefine((value, context) => {
    for (const name of Object.keys(value)) {
      if (!isLabelName(name)) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `is none of the labels that are asked for: ${LABEL_NAMES.join(
            ', ',
          )}`,
        });
      }
    }
  })
  .transform(value =>
    Object.fromEntries(
      Object.entries(value).filter(([name]) => isLabelName(name)),
    ),
  );

const queries = z.strictObject(
  Object.fromEntries(
    QUERY_NAMES.map(name => [
      name,
      z
        .string()
        .min(1)
        .superRefine((text, context) => {
          for (const message of compileTemplate(text, QUERY_PLACEHOLDERS[name])
            .mistakes) {
            context.addIssue({ code: 'custom', message });
          }
        })
        .optional(),
    ]),
  ),
  { error: `must be one of ${QUERY_NAMES.join(', ')}` },
);

const REQUIRED_OF_APP = ['requests', 'errors', 'durations'] as const;
const FIXED_BY_ISTIO = ['requests', 'errors', 'durations', 'traffic'] as const;

/** `metrics` of an environment. */
export const metricNamesSchema = z
  .strictObject({
    preset: z.enum(['istio', 'app'], { message: 'must be istio or app' }),
    reporter: z
      .enum(['source', 'destination'], {
        message: 'must be source or destination',
      })
      .default('source'),
    labels: labels.prefault({}),
    queries: queries.prefault({}),
    durationUnit: z
      .enum(['seconds', 'milliseconds'], {
        message: 'must be seconds or milliseconds',
      })
      .default('seconds'),
  })
  .superRefine(({ preset, queries: given, labels: renamed }, context) => {
    const issue = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['queries', name], message });
    const grouping = {
      durations: ['le'],
      traffic: [
        renamed.destination_workload ?? 'destination_workload',
        renamed.response_code ?? 'response_code',
      ],
    };
    for (const [name, needed] of Object.entries(grouping)) {
      const words = given[name]?.match(/\w+/g) ?? needed;
      needed
        .filter(label => !words.includes(label))
        .forEach(label => issue(name, `does not group by ${label}`));
    }
    if (preset === 'app') {
      REQUIRED_OF_APP.filter(name => given[name] === undefined).forEach(name =>
        issue(name, 'is missing: the preset app has no query of its own'),
      );
    } else {
      FIXED_BY_ISTIO.filter(name => given[name] !== undefined).forEach(name =>
        issue(name, 'is fixed by the preset istio; only app takes it'),
      );
    }
  });

function isLabelName(name: string): name is LabelName {
  return LABEL_NAMES.some(known => known === name);
}

function toConfigValue(value: unknown) {
  return z.union([z.string(), z.record(z.string(), z.number())]).parse(value);
}
