import { labelKey, labelValue } from '../schema/rules.ts';
import {
  anything,
  boolean,
  integer,
  list,
  map,
  named,
  struct,
  refused,
  text,
  type ObjectSchema,
  type Schema,
} from '../schema/schema.ts';

const ownerReference = named(
  'OwnerReference',
  struct(
    {
      apiVersion: text(),
      kind: text(),
      name: text(),
      uid: text(),
      controller: boolean(),
      blockOwnerDeletion: boolean(),
    },
    ['apiVersion', 'kind', 'name', 'uid'],
  ),
);

const writable: Record<string, Schema> = {
  name: text(),
  generateName: text(),
  namespace: text(),
  labels: map(text({ rule: labelValue }), { keyRule: labelKey }),
  annotations: map(text(), { keyRule: labelKey }),
  ownerReferences: list(ownerReference, { keys: ['uid'] }),
  finalizers: list(text(), 'set'),
};

/** `metadata` of a stored object. The fields of the cluster are read, and then set by the cluster alone. */
export const metadata = named(
  'ObjectMeta',
  struct({
    ...writable,
    uid: text(),
    resourceVersion: text(),
    generation: integer(),
    creationTimestamp: text(),
    deletionTimestamp: text(),
    deletionGracePeriodSeconds: integer(),
    selfLink: text(),
    managedFields: anything(),
  }),
);

/** `metadata` of a pod template. */
export const templateMetadata = named(
  'ObjectMeta',
  struct({
    ...writable,
    creationTimestamp: text(),
    ownerReferences: refused('a pod template cannot name owners'),
    finalizers: refused('pods are ended by the kubelet alone'),
  }),
);

/** The schema of a whole object from the schemas of its fields. */
export const wholeObject = (
  fields: Record<string, Schema>,
  required: string[] = [],
): ObjectSchema =>
  struct({ apiVersion: text(), kind: text(), metadata, ...fields }, [
    'apiVersion',
    'kind',
    'metadata',
    ...required,
  ]);

export const labelSelector = named(
  'LabelSelector',
  struct({
    matchLabels: map(text({ rule: labelValue }), { keyRule: labelKey }),
    matchExpressions: list(
      named(
        'LabelSelectorRequirement',
        struct(
          {
            key: text({ rule: labelKey }),
            operator: text({
              oneOf: ['In', 'NotIn', 'Exists', 'DoesNotExist'],
            }),
            values: list(text()),
          },
          ['key', 'operator'],
        ),
      ),
    ),
  }),
);
