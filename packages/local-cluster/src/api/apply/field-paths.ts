import { at, isRecord } from '../json-path.ts';
import type { ListSchema, ObjectSchema, Schema } from '../schema/schema.ts';

/**
 * Paths of fields as server-side apply names them (FieldsV1): `f:` a field, `k:` a list item by its keys, `v:` a member of a
 * set. A path is its elements joined by a character that JSON text never holds.
 */
export type FieldPath = string;
export type FieldPaths = Set<FieldPath>;

const SEPARATOR = '\u0000';

export const elementsOf = (path: FieldPath) => path.split(SEPARATOR);
const join = (path: FieldPath, element: string) =>
  path === '' ? element : `${path}${SEPARATOR}${element}`;

export const isBelow = (path: FieldPath, ancestor: FieldPath) =>
  path.startsWith(`${ancestor}${SEPARATOR}`);

/** Identity and what the cluster itself writes belong to nobody. */
const UNOWNED = new Set(
  [
    ['f:apiVersion'],
    ['f:kind'],
    ['f:status'],
    ...[
      'name',
      'namespace',
      'generateName',
      'uid',
      'resourceVersion',
      'generation',
      'creationTimestamp',
      'deletionTimestamp',
      'deletionGracePeriodSeconds',
      'selfLink',
      'managedFields',
    ].map(field => ['f:metadata', `f:${field}`]),
  ].map(elements => elements.join(SEPARATOR)),
);

function keyValue(schema: Schema, item: unknown, key: string): unknown {
  const value = at(item, key);
  if (value !== undefined || schema.type !== 'object') return value;
  const field = schema.fields[key];
  return field.type === 'string' ? field.default : undefined;
}

/** The `k:` or `v:` element of a list item. */
export function itemElement(schema: ListSchema, item: unknown): string {
  if (schema.merge === 'set') return `v:${JSON.stringify(item)}`;
  const keys = schema.merge === 'atomic' ? [] : schema.merge.keys;
  return `k:${JSON.stringify(
    Object.fromEntries(
      keys.map(key => [key, keyValue(schema.items, item, key)]),
    ),
  )}`;
}

function childSchema(schema: Schema, field: string): Schema | undefined {
  if (schema.type === 'map') return schema.values;
  return schema.type === 'object' ? schema.fields[field] : undefined;
}

function collect(
  schema: Schema,
  value: unknown,
  path: FieldPath,
  into: FieldPaths,
): void {
  if (UNOWNED.has(path)) return;
  if ((schema.type === 'object' || schema.type === 'map') && isRecord(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0 && path !== '') into.add(path);
    for (const [field, inner] of entries) {
      const child = childSchema(schema, field);
      if (child) collect(child, inner, join(path, `f:${field}`), into);
    }
    return;
  }
  if (
    schema.type === 'list' &&
    schema.merge !== 'atomic' &&
    Array.isArray(value)
  ) {
    for (const item of value) {
      const itemPath = join(path, itemElement(schema, item));
      into.add(itemPath);
      if (schema.merge !== 'set') collect(schema.items, item, itemPath, into);
    }
    return;
  }
  into.add(path);
}

/** Every field that a value sets. */
export function pathsOf(schema: ObjectSchema, value: unknown): FieldPaths {
  const paths: FieldPaths = new Set();
  collect(schema, value, '', paths);
  return paths;
}

/** What lies at a path; undefined when nothing does. */
export function valueAt(
  schema: ObjectSchema,
  root: unknown,
  path: FieldPath,
): unknown {
  let here: Schema | undefined = schema;
  let value: unknown = root;
  for (const element of elementsOf(path)) {
    if (value === undefined || here === undefined) return undefined;
    if (element.startsWith('f:')) {
      const field = element.slice(2);
      value = at(value, field);
      here = childSchema(here, field);
    } else {
      if (here.type !== 'list' || !Array.isArray(value)) return undefined;
      const list: ListSchema = here;
      value = value.find(item => itemElement(list, item) === element);
      here = list.items;
    }
  }
  return value;
}

const isEmpty = (value: unknown) =>
  (isRecord(value) && Object.keys(value).length === 0) ||
  (Array.isArray(value) && value.length === 0);

/** A copy of the value without what lies at the path; objects that this leaves empty go too. */
export function without(
  schema: Schema,
  value: unknown,
  path: FieldPath,
): unknown {
  const [element, ...rest] = elementsOf(path);
  const remaining = rest.join(SEPARATOR);
  if (element.startsWith('f:')) {
    const field = element.slice(2);
    const child = childSchema(schema, field);
    if (!isRecord(value) || !(field in value) || !child) return value;
    const { [field]: inner, ...others } = value;
    if (rest.length === 0) return others;
    const kept = without(child, inner, remaining);
    return isEmpty(kept) ? others : { ...value, [field]: kept };
  }
  if (schema.type !== 'list' || !Array.isArray(value)) return value;
  return value.flatMap(item => {
    if (itemElement(schema, item) !== element) return [item];
    return rest.length === 0 ? [] : [without(schema.items, item, remaining)];
  });
}

/** As people write paths: `.spec.template.spec.containers[name="web"].image`. */
export function pathText(path: FieldPath): string {
  return elementsOf(path)
    .map(element => {
      const rest = element.slice(2);
      if (element.startsWith('f:')) return `.${rest}`;
      if (element.startsWith('v:')) return `[=${rest}]`;
      return `[${Object.entries(JSON.parse(rest))
        .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
        .join(',')}]`;
    })
    .join('');
}
