import { isDeepStrictEqual } from 'node:util';
import { recordAt } from '../json-path.ts';
import type { FieldError } from '../schema/decode.ts';
import { base64, dataKey, dnsSubdomain } from '../schema/rules.ts';
import { boolean, map, text } from '../schema/schema.ts';
import type { KubeObject } from '../../types.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { ALL, type Kind } from './kind.ts';
import { wholeObject } from './metadata.ts';

/** `immutable: true` holds the data, and itself. */
export function checkImmutable(
  next: KubeObject,
  current: KubeObject,
): FieldError[] {
  if (current.immutable !== true) return [];
  const changed = ['data', 'binaryData', 'immutable'].filter(
    field => !isDeepStrictEqual(next[field], current[field]),
  );
  return changed.map(field => ({
    field,
    reason: 'FieldValueForbidden',
    message:
      'Forbidden: field is immutable when `immutable` is set; delete the object and make it anew',
  }));
}

export const configMap: Kind = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  namespaced: true,
  verbs: ALL,
  subresources: [],
  nameRule: dnsSubdomain,
  schema: wholeObject({
    data: map(text(), { keyRule: dataKey }),
    binaryData: map(text({ rule: base64 }), { keyRule: dataKey }),
    immutable: boolean(),
  }),
  columns: [
    nameColumn,
    {
      name: 'Data',
      type: 'integer',
      description: 'Number of keys.',
      cell: object =>
        Object.keys(recordAt(object, 'data')).length +
        Object.keys(recordAt(object, 'binaryData')).length,
    },
    ageColumn,
  ],
  check: object =>
    Object.keys(recordAt(object, 'binaryData'))
      .filter(key => key in recordAt(object, 'data'))
      .map(key => ({
        field: `data[${key}]`,
        reason: 'FieldValueDuplicate',
        message: 'Duplicate value: the key is also in binaryData',
      })),
  checkUpdate: checkImmutable,
};
