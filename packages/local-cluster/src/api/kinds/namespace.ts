import { recordAt, textAt } from '../json-path.ts';
import { dnsLabel } from '../schema/rules.ts';
import { anyStatus, list, named, struct, text } from '../schema/schema.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { ALL, type Kind } from './kind.ts';
import { wholeObject } from './metadata.ts';

const phaseOf = (object: unknown) => textAt(object, 'status', 'phase') ?? '';

export const namespace: Kind = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  namespaced: false,
  // As in Kubernetes, there is no deletecollection of namespaces.
  verbs: ALL.filter(verb => verb !== 'deletecollection'),
  subresources: ['status'],
  nameRule: dnsLabel,
  schema: wholeObject({
    spec: named('NamespaceSpec', struct({ finalizers: list(text()) })),
    status: anyStatus(),
  }),
  columns: [
    nameColumn,
    {
      name: 'Status',
      description: 'Active, or Terminating while it is being emptied.',
      cell: phaseOf,
    },
    ageColumn,
  ],
  selectableFields: { 'status.phase': phaseOf },
  /** The namespace controller takes the finalizer off when the namespace is empty. */
  complete: object => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: {
        ...object.metadata.labels,
        'kubernetes.io/metadata.name': object.metadata.name,
      },
    },
    spec: { finalizers: ['kubernetes'], ...recordAt(object, 'spec') },
  }),
  initialStatus: () => ({ phase: 'Active' }),
};
