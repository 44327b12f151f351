import { isRecord } from '../json-path.ts';
import type { ListSchema, Schema } from '../schema/schema.ts';
import { itemElement } from './field-paths.ts';

function mergeFields(
  live: unknown,
  applied: Record<string, unknown>,
  schemaOf: (field: string) => Schema | undefined,
): Record<string, unknown> {
  const result: Record<string, unknown> = isRecord(live) ? { ...live } : {};
  for (const [field, value] of Object.entries(applied)) {
    const schema = schemaOf(field);
    result[field] = schema ? merge(schema, result[field], value) : value;
  }
  return result;
}

/** The applied items in their order, then those that only others set. */
function mergeItems(
  schema: ListSchema,
  live: unknown,
  applied: unknown[],
): unknown[] {
  const existing: unknown[] = Array.isArray(live) ? live : [];
  const byElement = new Map(
    existing.map(item => [itemElement(schema, item), item]),
  );
  const merged = applied.map(item => {
    const element = itemElement(schema, item);
    const before = byElement.get(element);
    byElement.delete(element);
    return schema.merge === 'set' ? item : merge(schema.items, before, item);
  });
  return [...merged, ...byElement.values()];
}

/** What is applied, over what is there, by the merge rules of the schema. */
export function merge(
  schema: Schema,
  live: unknown,
  applied: unknown,
): unknown {
  if (schema.type === 'object' && isRecord(applied)) {
    return mergeFields(live, applied, field => schema.fields[field]);
  }
  if (schema.type === 'map' && isRecord(applied)) {
    return mergeFields(live, applied, () => schema.values);
  }
  if (
    schema.type === 'list' &&
    schema.merge !== 'atomic' &&
    Array.isArray(applied)
  ) {
    return mergeItems(schema, live, applied);
  }
  return applied;
}
