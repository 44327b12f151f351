import { ApiError } from '../../api-error.ts';
import { isRecord } from '../json-path.ts';
import { fieldPath } from '../schema/decode.ts';
import type { ObjectSchema, Schema } from '../schema/schema.ts';
import { plainValue, readPatchObject } from './directives.ts';
import { type ListStrategy, mergeList } from './strategic-list.ts';

const ANY: Schema = { type: 'any' };

/** undefined for what is unknown or refused: it is taken as it is, and the decoder says what is wrong with it. */
function schemaOf(parent: Schema, field: string): Schema | undefined {
  switch (parent.type) {
    case 'object':
      return Object.hasOwn(parent.fields, field)
        ? parent.fields[field]
        : undefined;
    case 'map':
      return parent.values;
    case 'any':
      return ANY;
    default:
      return undefined;
  }
}

function strategyOf(parent: Schema, field: string): ListStrategy {
  if (parent.type === 'any') {
    const key = parent.mergeKeys?.[field];
    return key === undefined
      ? { type: 'replace' }
      : { type: 'items', key, items: ANY };
  }
  const schema = schemaOf(parent, field);
  if (schema?.type !== 'list' || schema.merge === 'atomic') {
    return { type: 'replace' };
  }
  if (schema.merge === 'set') return { type: 'values' };
  // Where server-side apply tells items apart by several fields, a strategic merge patch does by the first of them.
  const [key] = schema.merge.keys;
  return { type: 'items', key, items: schema.items };
}

function mergeObject(
  schema: Schema,
  live: Record<string, unknown>,
  patch: Record<string, unknown>,
  path: string,
): Record<string, unknown> {
  const { action, retainKeys, fields } = readPatchObject(patch, path);
  if (action === 'delete') return {};
  const isKept = (field: string) =>
    action === 'merge' && (retainKeys?.includes(field) ?? true);
  const result = Object.fromEntries(
    Object.entries(live).filter(([field]) => isKept(field)),
  );
  for (const [field, change] of fields) {
    const { value } = change;
    const at = fieldPath(path, field);
    const before = result[field];
    if (value === null) delete result[field];
    else if (isRecord(value)) {
      const inner = schemaOf(schema, field);
      result[field] =
        isRecord(before) && inner
          ? mergeObject(inner, before, value, at)
          : plainValue(value, at);
    } else if (value === undefined || Array.isArray(value)) {
      const strategy = strategyOf(schema, field);
      const items = strategy.type === 'items' ? strategy.items : ANY;
      const list = mergeList(strategy, before, change, {
        path: at,
        merge: (item, itemPatch, itemPath) =>
          mergeObject(items, item, itemPatch, itemPath),
      });
      // As in Kubernetes, where an empty list is not written.
      if (list && list.length > 0) result[field] = list;
      else delete result[field];
    } else result[field] = value;
  }
  return result;
}

/**
 * Kubernetes' own patch: objects merge, null removes, and lists merge by the keys that the schema knows, or as the directives in
 * the patch say. The target is not changed.
 *
 * @throws ApiError BadRequest or Invalid that names the place in the patch
 */
export function strategicMergePatch(
  schema: ObjectSchema,
  target: object,
  patch: unknown,
): unknown {
  if (!isRecord(patch)) {
    throw new ApiError(
      'BadRequest',
      'the body is not a strategic merge patch: it must be an object',
    );
  }
  return mergeObject(schema, { ...target }, patch, '');
}
