import { ageOf } from '../tables/age.ts';
import { numberAt, textAt } from '../json-path.ts';
import { dnsSubdomain } from '../schema/rules.ts';
import { anything, integer, named, struct, text } from '../schema/schema.ts';
import type { KubeObject } from '../../types.ts';
import { nameColumn } from './columns.ts';
import { ALL, type Kind } from './kind.ts';
import { wholeObject } from './metadata.ts';

const INVOLVED = [
  'kind',
  'namespace',
  'name',
  'uid',
  'apiVersion',
  'resourceVersion',
  'fieldPath',
];

const word = (field: string) => (event: KubeObject) =>
  textAt(event, field) ?? '';

const lastSeen = (event: KubeObject) =>
  textAt(event, 'series', 'lastObservedTime') ??
  textAt(event, 'lastTimestamp') ??
  textAt(event, 'eventTime') ??
  event.metadata.creationTimestamp;

export const event: Kind = {
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,
  verbs: ALL,
  subresources: [],
  nameRule: dnsSubdomain,
  schema: wholeObject(
    {
      involvedObject: named(
        'ObjectReference',
        struct(Object.fromEntries(INVOLVED.map(field => [field, text()]))),
      ),
      reason: text(),
      message: text(),
      type: text({ oneOf: ['Normal', 'Warning'] }),
      count: integer({ min: 0 }),
      firstTimestamp: text(),
      lastTimestamp: text(),
      eventTime: text(),
      source: anything(),
      series: anything(),
      action: text(),
      related: anything(),
      reportingComponent: text(),
      reportingInstance: text(),
    },
    ['involvedObject'],
  ),
  columns: [
    {
      name: 'Last Seen',
      description: 'Time since it happened last.',
      cell: (object, now) => ageOf(lastSeen(object), now),
    },
    { name: 'Type', description: 'Normal or Warning.', cell: word('type') },
    { name: 'Reason', description: 'What happened.', cell: word('reason') },
    {
      name: 'Object',
      description: 'What it happened to.',
      cell: object => {
        const kind = textAt(object, 'involvedObject', 'kind') ?? '';
        const name = textAt(object, 'involvedObject', 'name') ?? '';
        return `${kind.toLowerCase()}/${name}`;
      },
    },
    {
      name: 'Message',
      description: 'The same in words.',
      cell: object => word('message')(object).trim(),
    },
    {
      name: 'Count',
      type: 'integer',
      wide: true,
      description: 'How often.',
      cell: object => numberAt(object, 'count') ?? 1,
    },
    { ...nameColumn, wide: true },
  ],
  selectableFields: {
    ...Object.fromEntries(
      INVOLVED.map(field => [
        `involvedObject.${field}`,
        (object: KubeObject) => textAt(object, 'involvedObject', field) ?? '',
      ]),
    ),
    reason: word('reason'),
    type: word('type'),
    reportingComponent: word('reportingComponent'),
    source: object => textAt(object, 'source', 'component') ?? '',
  },
};
