import { at, numberAt, recordAt, textAt } from '../json-path.ts';
import { dnsSubdomain } from '../schema/rules.ts';
import type { FieldError } from '../schema/decode.ts';
import {
  anyStatus,
  boolean,
  integer,
  intOrString,
  named,
  struct,
  text,
} from '../schema/schema.ts';
import { selectorText } from '../selectors/match-labels.ts';
import type { KubeObject } from '../../types.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { ALL, type Kind } from './kind.ts';
import { labelSelector, wholeObject } from './metadata.ts';
import {
  checkSelectorKept,
  checkTemplate,
  completeTemplate,
  containerImages,
  containerNames,
  podTemplate,
} from './pod-template.ts';

const strategy = named(
  'DeploymentStrategy',
  struct({
    type: text({
      oneOf: ['RollingUpdate', 'Recreate'],
      default: 'RollingUpdate',
    }),
    rollingUpdate: named(
      'RollingUpdateDeployment',
      struct({
        maxSurge: intOrString({ default: '25%' }),
        maxUnavailable: intOrString({ default: '25%' }),
      }),
    ),
  }),
);

const spec = named(
  'DeploymentSpec',
  struct(
    {
      replicas: integer({ min: 0, default: 1 }),
      selector: labelSelector,
      template: podTemplate,
      strategy,
      minReadySeconds: integer({ min: 0 }),
      revisionHistoryLimit: integer({ min: 0, default: 10 }),
      progressDeadlineSeconds: integer({ min: 1, default: 600 }),
      paused: boolean(),
    },
    ['selector', 'template'],
  ),
);

function checkAmount(value: unknown, field: string): FieldError[] {
  const valid =
    typeof value === 'number'
      ? value >= 0
      : typeof value === 'string' && /^\d+%$/.test(value);
  return valid
    ? []
    : [
        {
          field,
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${JSON.stringify(
            value,
          )}: must be a count or a percentage such as 25%`,
        },
      ];
}

function checkStrategy(deployment: KubeObject): FieldError[] {
  const field = 'spec.strategy.rollingUpdate';
  const rolling = at(deployment, 'spec', 'strategy', 'rollingUpdate');
  if (textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate') {
    return rolling === undefined
      ? []
      : [
          {
            field,
            reason: 'FieldValueForbidden',
            message:
              "Forbidden: may not be specified when strategy `type` is 'Recreate'",
          },
        ];
  }
  const { maxSurge, maxUnavailable } = recordAt(rolling);
  const isZero = (value: unknown) => value === 0 || value === '0%';
  return [
    ...checkAmount(maxSurge, `${field}.maxSurge`),
    ...checkAmount(maxUnavailable, `${field}.maxUnavailable`),
    ...(isZero(maxSurge) && isZero(maxUnavailable)
      ? [
          {
            field: `${field}.maxUnavailable`,
            reason: 'FieldValueInvalid' as const,
            message:
              'Invalid value: 0: may not be 0 when `maxSurge` is 0: nothing could ever be replaced',
          },
        ]
      : []),
  ];
}

const count = (field: string) => (deployment: KubeObject) =>
  numberAt(deployment, 'status', field) ?? 0;

export const deployment: Kind = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  namespaced: true,
  verbs: ALL,
  subresources: ['status', 'scale'],
  nameRule: dnsSubdomain,
  schema: wholeObject({ spec, status: anyStatus() }, ['spec']),
  columns: [
    nameColumn,
    {
      name: 'Ready',
      description: 'Ready pods of those wanted.',
      cell: object =>
        `${count('readyReplicas')(object)}/${
          numberAt(object, 'spec', 'replicas') ?? 0
        }`,
    },
    {
      name: 'Up-to-date',
      type: 'integer',
      description: 'Pods of the newest revision.',
      cell: count('updatedReplicas'),
    },
    {
      name: 'Available',
      type: 'integer',
      description: 'Pods ready for at least minReadySeconds.',
      cell: count('availableReplicas'),
    },
    ageColumn,
    {
      name: 'Containers',
      wide: true,
      description: 'Names of the containers.',
      cell: containerNames,
    },
    {
      name: 'Images',
      wide: true,
      description: 'Images of the containers.',
      cell: containerImages,
    },
    {
      name: 'Selector',
      wide: true,
      description: 'Which pods belong to it.',
      cell: object => selectorText(at(object, 'spec', 'selector')),
    },
  ],
  complete(workload) {
    const filled = completeTemplate(workload);
    const given = recordAt(filled, 'spec', 'strategy');
    const type = textAt(given, 'type') ?? 'RollingUpdate';
    return {
      ...filled,
      spec: {
        ...recordAt(filled, 'spec'),
        strategy:
          type === 'RollingUpdate'
            ? {
                type,
                rollingUpdate: {
                  maxSurge: '25%',
                  maxUnavailable: '25%',
                  ...recordAt(given, 'rollingUpdate'),
                },
              }
            : given,
      },
    };
  },
  check: object => [...checkTemplate(object), ...checkStrategy(object)],
  checkUpdate: checkSelectorKept,
};
