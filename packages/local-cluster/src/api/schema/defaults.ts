import type { Schema } from './schema.ts';

function withDefaults(schema: Schema, value: unknown): unknown {
  switch (schema.type) {
    case 'string':
      return value === undefined || value === ''
        ? schema.default ?? value
        : value;
    case 'integer':
    case 'boolean':
    case 'intOrString':
      return value ?? schema.default;
    case 'list':
      return Array.isArray(value)
        ? value.map(item => withDefaults(schema.items, item))
        : value;
    case 'map':
      return typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value).map(([key, inner]) => [
              key,
              withDefaults(schema.values, inner),
            ]),
          )
        : value;
    case 'object':
      return typeof value === 'object' && value !== null
        ? objectWithDefaults(schema.fields, { ...value })
        : value;
    default:
      return value;
  }
}

function objectWithDefaults(
  fields: Record<string, Schema>,
  value: Record<string, unknown>,
): Record<string, unknown> {
  const result = { ...value };
  for (const [field, schema] of Object.entries(fields)) {
    const filled = withDefaults(schema, value[field]);
    if (filled !== undefined) result[field] = filled;
  }
  return result;
}

/** Fills the defaults of fields whose parent is there, as Kubernetes does; an absent object stays absent. */
export function fillDefaults<T extends Record<string, unknown>>(
  fields: Record<string, Schema>,
  value: T,
): T & Record<string, unknown> {
  return { ...value, ...objectWithDefaults(fields, value) };
}
