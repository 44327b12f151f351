import { recordAt, textAt, textsAt } from '../json-path.ts';
import { base64, dataKey, dnsSubdomain } from '../schema/rules.ts';
import { boolean, map, text } from '../schema/schema.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { checkImmutable } from './config-map.ts';
import { ALL, type Kind } from './kind.ts';
import { wholeObject } from './metadata.ts';

const typeOf = (object: unknown) => textAt(object, 'type') ?? '';

export const secret: Kind = {
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  singular: 'secret',
  namespaced: true,
  verbs: ALL,
  subresources: [],
  nameRule: dnsSubdomain,
  schema: wholeObject({
    data: map(text({ rule: base64 }), { keyRule: dataKey }),
    stringData: map(text(), { keyRule: dataKey }),
    type: text({ default: 'Opaque' }),
    immutable: boolean(),
  }),
  columns: [
    nameColumn,
    { name: 'Type', description: 'What the data is.', cell: typeOf },
    {
      name: 'Data',
      type: 'integer',
      description: 'Number of keys.',
      cell: object => Object.keys(recordAt(object, 'data')).length,
    },
    ageColumn,
  ],
  selectableFields: { type: typeOf },
  /** stringData is only a way to write data: who applies it owns the data. */
  normalise({ stringData, ...object }) {
    if (stringData === undefined) return object;
    const encoded = Object.entries(textsAt(stringData)).map(([key, value]) => [
      key,
      Buffer.from(value).toString('base64'),
    ]);
    return {
      ...object,
      data: { ...recordAt(object, 'data'), ...Object.fromEntries(encoded) },
    };
  },
  checkUpdate: (next, current) => [
    ...checkImmutable(next, current),
    ...(next.type === current.type
      ? []
      : [
          {
            field: 'type',
            reason: 'FieldValueInvalid' as const,
            message: `Invalid value: "${typeOf(next)}": field is immutable`,
          },
        ]),
  ],
};
