import { breaks } from './rules.ts';
import { parseQuantity } from '../../quantity.ts';
import type { ListSchema, ObjectSchema, Schema, TextRule } from './schema.ts';

export type FieldReason =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueDuplicate'
  | 'FieldValueTooMany';

/** One cause of a Status: what is wrong with which field. */
export interface FieldError {
  field: string;
  reason: FieldReason;
  message: string;
}

export interface Decoded {
  /** The input without nulls and unknown fields. */
  value: unknown;
  /** Fields that Kubernetes does not have. */
  unknown: string[];
  /** Values of another JSON type than the field's. */
  mistyped: string[];
  /** Values that break a rule, and fields that this cluster refuses. */
  invalid: FieldError[];
  /** Fields that are kept and have no effect here. */
  warnings: string[];
}

type Report = Omit<Decoded, 'value'>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: unknown): string {
  try {
    return JSON.stringify(value).slice(0, 120);
  } catch {
    return 'something too deep to print';
  }
}

/** In Kubernetes, a zero value in JSON is the same as no value. */
function isSameAsAbsent(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.keys(value).length === 0;
  return value === false || value === '' || value === 0;
}

export const fieldPath = (path: string, field: string) =>
  path === '' ? field : `${path}.${field}`;

function checkText(
  rule: TextRule | undefined,
  value: string,
  path: string,
  report: Report,
) {
  if (!rule || !breaks(rule, value)) return;
  report.invalid.push({
    field: path,
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${shown(value)}: must be ${rule.what}`,
  });
}

function decodeObject(
  schema: ObjectSchema,
  value: Record<string, unknown>,
  path: string,
  report: Report,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [field, inner] of Object.entries(value)) {
    const at = fieldPath(path, field);
    if (!Object.hasOwn(schema.fields, field)) {
      report.unknown.push(at);
      continue;
    }
    const decoded = decodeValue(schema.fields[field], inner, at, report);
    if (decoded !== undefined) result[field] = decoded;
  }
  for (const field of schema.required ?? []) {
    if (result[field] === undefined || result[field] === '') {
      report.invalid.push({
        field: fieldPath(path, field),
        reason: 'FieldValueRequired',
        message: 'Required value',
      });
    }
  }
  return result;
}

function decodeList(
  schema: ListSchema,
  value: unknown[],
  path: string,
  report: Report,
): unknown[] {
  if (schema.max && value.length > schema.max.items) {
    report.invalid.push({
      field: path,
      reason: 'FieldValueTooMany',
      message: `Too many: ${value.length}: must have at most ${schema.max.items} items: ${schema.max.hint}`,
    });
  }
  return value.flatMap((inner, index) => {
    const item = decodeValue(schema.items, inner, `${path}[${index}]`, report);
    return item === undefined ? [] : [item];
  });
}

/** Free-form JSON may nest this deep; what handles objects recurses. */
const MAX_DEPTH = 100;

function isDeeperThan(limit: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (
    limit === 0 ||
    Object.values(value).some(inner => isDeeperThan(limit - 1, inner))
  );
}

const EXPECTED: Record<Schema['type'], string> = {
  string: 'a string',
  integer: 'an integer',
  boolean: 'true or false',
  quantity: 'a quantity such as 250m or 64Mi',
  intOrString: 'an integer or a string',
  map: 'an object',
  object: 'an object',
  list: 'a list',
  any: `a value of at most ${MAX_DEPTH} levels`,
  refused: 'nothing',
};

function decodeValue(
  schema: Schema,
  value: unknown,
  path: string,
  report: Report,
): unknown {
  if (value === null || value === undefined) return undefined;
  const mistyped = () => {
    report.mistyped.push(
      `${path}: expected ${EXPECTED[schema.type]}, got ${shown(value)}`,
    );
    return undefined;
  };
  if (schema.type === 'refused') {
    if (!isSameAsAbsent(value)) {
      report.invalid.push({
        field: path,
        reason: 'FieldValueForbidden',
        message: `Forbidden: the local cluster does not support this field: ${schema.hint}`,
      });
    }
    return undefined;
  }
  if (schema.warning !== undefined && !isSameAsAbsent(value)) {
    report.warnings.push(`${path}: ${schema.warning}`);
  }
  switch (schema.type) {
    case 'any':
      return isDeeperThan(MAX_DEPTH, value) ? mistyped() : value;
    case 'string':
      if (typeof value !== 'string') return mistyped();
      if (schema.oneOf && value !== '' && !schema.oneOf.includes(value)) {
        report.invalid.push({
          field: path,
          reason: 'FieldValueNotSupported',
          message: `Unsupported value: ${shown(
            value,
          )}: the local cluster supports ${schema.oneOf.map(shown).join(', ')}`,
        });
      } else if (value !== '') checkText(schema.rule, value, path, report);
      return value;
    case 'boolean':
      return typeof value === 'boolean' ? value : mistyped();
    case 'integer': {
      if (!Number.isInteger(value)) return mistyped();
      const { min = -Infinity, max = Infinity } = schema;
      const number = Number(value);
      if (number < min || number > max) {
        report.invalid.push({
          field: path,
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${number}: must be ${
            max === Infinity
              ? `greater than or equal to ${min}`
              : `between ${min} and ${max}, inclusive`
          }`,
        });
      }
      return value;
    }
    case 'intOrString':
      return typeof value === 'string' || Number.isInteger(value)
        ? value
        : mistyped();
    case 'quantity': {
      const known =
        (typeof value === 'string' || typeof value === 'number') &&
        parseQuantity(value) !== undefined;
      return known ? String(value) : mistyped();
    }
    case 'map': {
      if (!isRecord(value)) return mistyped();
      const result: Record<string, unknown> = {};
      for (const [key, inner] of Object.entries(value)) {
        checkText(schema.keyRule, key, path, report);
        const at = `${path}[${key}]`;
        const warning = schema.warnings?.[key];
        if (warning !== undefined) report.warnings.push(`${at}: ${warning}`);
        const decoded = decodeValue(schema.values, inner, at, report);
        if (decoded !== undefined) result[key] = decoded;
      }
      return result;
    }
    case 'list':
      return Array.isArray(value)
        ? decodeList(schema, value, path, report)
        : mistyped();
    case 'object':
      return isRecord(value)
        ? decodeObject(schema, value, path, report)
        : mistyped();
    default:
      return schema satisfies never;
  }
}

/** Reads input by its schema; nothing is dropped without being reported. */
export function decode(schema: ObjectSchema, input: unknown): Decoded {
  const report: Report = {
    unknown: [],
    mistyped: [],
    invalid: [],
    warnings: [],
  };
  return { value: decodeValue(schema, input, '', report), ...report };
}
