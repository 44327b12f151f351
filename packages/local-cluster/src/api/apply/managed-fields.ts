import type { Json, KubeObject } from '../../types.ts';
import { isRecord, listAt, recordAt, textAt } from '../json-path.ts';
import { elementsOf, type FieldPaths } from './field-paths.ts';

export interface Manager {
  name: string;
  operation: 'Apply' | 'Update';
  subresource?: string;
}

/** Who set which fields: one entry of `metadata.managedFields`. */
export interface Ownership extends Manager {
  apiVersion: string;
  time: string;
  paths: FieldPaths;
}

export const isSameManager = (a: Manager, b: Manager) =>
  a.name === b.name &&
  a.operation === b.operation &&
  (a.subresource ?? '') === (b.subresource ?? '');

interface FieldsV1 {
  [element: string]: FieldsV1;
}

function toFields(paths: FieldPaths): FieldsV1 {
  const root: FieldsV1 = {};
  for (const path of paths) {
    let node = root;
    for (const element of elementsOf(path)) {
      node[element] ??= {};
      node = node[element];
    }
    node['.'] = {};
  }
  return compact(root);
}

/** A node that only says "this field itself" is written as `{}`. */
function compact(node: FieldsV1): FieldsV1 {
  const keys = Object.keys(node);
  if (keys.length === 1 && keys[0] === '.') return {};
  return Object.fromEntries(
    keys.map(key => [key, key === '.' ? {} : compact(node[key])]),
  );
}

function fromFields(fields: unknown, prefix: string[], into: FieldPaths): void {
  const entries = Object.entries(recordAt(fields));
  if (entries.length === 0 && prefix.length > 0)
    into.add(prefix.join('\u0000'));
  for (const [element, inner] of entries) {
    if (element === '.') into.add(prefix.join('\u0000'));
    else fromFields(inner, [...prefix, element], into);
  }
}

export function readOwnerships(object: KubeObject | undefined): Ownership[] {
  return listAt(object, 'metadata', 'managedFields').flatMap(entry => {
    if (!isRecord(entry)) return [];
    const paths: FieldPaths = new Set();
    fromFields(entry.fieldsV1, [], paths);
    return [
      {
        name: textAt(entry, 'manager') ?? '',
        operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
        subresource: textAt(entry, 'subresource'),
        apiVersion: textAt(entry, 'apiVersion') ?? '',
        time: textAt(entry, 'time') ?? '',
        paths,
      },
    ];
  });
}

/** Kubernetes lists applied fields first, then by time. */
const orderOf = ({ operation, time, name }: Ownership) =>
  [operation, time, name].join(' ');
const compareText = (a: string, b: string) => Number(a > b) - Number(a < b);

/** `managedFields` as Kubernetes writes them; who owns nothing any more is left out. */
export function writeOwnerships(ownerships: Ownership[]): Json[] {
  return ownerships
    .filter(({ paths }) => paths.size > 0)
    .sort((a, b) => compareText(orderOf(a), orderOf(b)))
    .map(({ name, operation, subresource, apiVersion, time, paths }) => ({
      manager: name,
      operation,
      apiVersion,
      time,
      fieldsType: 'FieldsV1',
      fieldsV1: toFields(paths),
      ...(subresource === undefined ? {} : { subresource }),
    }));
}
