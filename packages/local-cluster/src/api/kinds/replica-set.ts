import { at, numberAt } from '../json-path.ts';
import { dnsSubdomain } from '../schema/rules.ts';
import { anyStatus, integer, named, struct } from '../schema/schema.ts';
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

const spec = named(
  'ReplicaSetSpec',
  struct(
    {
      replicas: integer({ min: 0, default: 1 }),
      selector: labelSelector,
      template: podTemplate,
      minReadySeconds: integer({ min: 0 }),
    },
    ['selector', 'template'],
  ),
);

const count = (field: string) => (replicaSet: KubeObject) =>
  numberAt(replicaSet, 'status', field) ?? 0;

export const replicaSet: Kind = {
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  categories: ['all'],
  namespaced: true,
  verbs: ALL,
  subresources: ['status', 'scale'],
  nameRule: dnsSubdomain,
  schema: wholeObject({ spec, status: anyStatus() }, ['spec']),
  columns: [
    nameColumn,
    {
      name: 'Desired',
      type: 'integer',
      description: 'Pods wanted.',
      cell: object => numberAt(object, 'spec', 'replicas') ?? 0,
    },
    {
      name: 'Current',
      type: 'integer',
      description: 'Pods there are.',
      cell: count('replicas'),
    },
    {
      name: 'Ready',
      type: 'integer',
      description: 'Pods that are ready.',
      cell: count('readyReplicas'),
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
  selectableFields: {
    'status.replicas': object => String(count('replicas')(object)),
  },
  complete: completeTemplate,
  check: checkTemplate,
  checkUpdate: checkSelectorKept,
};
