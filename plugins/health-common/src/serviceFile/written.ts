import { z } from 'zod';
import type { Read } from './units';

/** What people write where a number with a unit is wanted. */
export type Written = string | number;

/**
 * A value with a unit: `form` describes it in the JSON Schema, `read` reads it; the hint of what was refused travels
 * with the issue.
 */
export function written<T>(
  read: (input: Written) => Read<T>,
  form: Record<string, unknown>,
) {
  return z
    .custom<Written>(
      input => typeof input === 'string' || typeof input === 'number',
      { error: 'must be a number with its unit' },
    )
    .meta(form)
    .transform((input, context) => {
      const result = read(input);
      if (result.ok) {
        return result.value;
      }
      context.addIssue({
        code: 'custom',
        message: result.message,
        params: { hint: result.hint },
      });
      return z.NEVER;
    });
}

/** JSON Schema of a duration. */
export const DURATION_FORM = {
  type: 'string',
  pattern:
    '^(\\d+(\\.\\d+)?\\s*(ms|s|m|h|d|w)|P(?!$)(\\d+W)?(\\d+D)?(T(?!$)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?)$',
};

/** JSON Schema of a share of requests. */
export const SHARE_FORM = {
  anyOf: [
    { type: 'string', pattern: '^\\d+(\\.\\d+)?\\s*%$' },
    { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
  ],
};
