import { isDeepStrictEqual } from 'node:util';
import { listAt, recordAt, textAt, textsAt } from '../json-path.ts';
import { matchesSelector } from '../selectors/match-labels.ts';
import type { FieldError } from '../schema/decode.ts';
import { named, struct } from '../schema/schema.ts';
import type { KubeObject } from '../../types.ts';
import { templateMetadata } from './metadata.ts';
import { checkPodSpec, completePodSpec } from './pod-checks.ts';
import { podSpec } from './pod-spec.ts';

export const podTemplate = named(
  'PodTemplateSpec',
  struct({ metadata: templateMetadata, spec: podSpec }, ['spec']),
);

/** Fills the pod template of a Deployment or ReplicaSet. */
export function completeTemplate(workload: KubeObject): KubeObject {
  const spec = recordAt(workload, 'spec');
  const template = recordAt(spec, 'template');
  return {
    ...workload,
    spec: {
      ...spec,
      template: {
        ...template,
        spec: completePodSpec(recordAt(template, 'spec')),
      },
    },
  };
}

/** Rules that Deployments and ReplicaSets share. */
export function checkTemplate(workload: KubeObject): FieldError[] {
  const errors = checkPodSpec(
    recordAt(workload, 'spec', 'template', 'spec'),
    'spec.template.spec',
  );
  const selector = recordAt(workload, 'spec', 'selector');
  const labels = textsAt(workload, 'spec', 'template', 'metadata', 'labels');
  const isEmpty =
    Object.keys(recordAt(selector, 'matchLabels')).length === 0 &&
    listAt(selector, 'matchExpressions').length === 0;
  if (isEmpty) {
    errors.push({
      field: 'spec.selector',
      reason: 'FieldValueInvalid',
      message: `Invalid value: {}: empty selector is invalid for ${workload.kind.toLowerCase()}`,
    });
  } else if (!matchesSelector(selector, labels)) {
    errors.push({
      field: 'spec.template.metadata.labels',
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(
        labels,
      )}: \`selector\` does not match template \`labels\``,
    });
  }
  const restartPolicy = textAt(
    workload,
    'spec',
    'template',
    'spec',
    'restartPolicy',
  );
  if (restartPolicy !== 'Always') {
    errors.push({
      field: 'spec.template.spec.restartPolicy',
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: "${restartPolicy}": supported values: "Always"`,
    });
  }
  return errors;
}

export function checkSelectorKept(
  next: KubeObject,
  current: KubeObject,
): FieldError[] {
  const selector = recordAt(next, 'spec', 'selector');
  if (isDeepStrictEqual(selector, { ...recordAt(current, 'spec', 'selector') }))
    return [];
  return [
    {
      field: 'spec.selector',
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(
        selector,
      )}: field is immutable; delete the ${next.kind} and make it anew`,
    },
  ];
}

const containers = (workload: KubeObject) =>
  listAt(workload, 'spec', 'template', 'spec', 'containers');

export const containerNames = (workload: KubeObject) =>
  containers(workload)
    .map(container => textAt(container, 'name') ?? '')
    .join(',');

export const containerImages = (workload: KubeObject) =>
  containers(workload)
    .map(container => textAt(container, 'image') ?? '')
    .join(',');
