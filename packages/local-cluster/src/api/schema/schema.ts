/** A rule on a text: `what` completes the sentence "must be ...". */
export interface TextRule {
  matches: RegExp;
  what: string;
  maxLength?: number;
}

interface Common {
  /** Shown to the writer as a Kubernetes warning: the field is kept but has no effect here. */
  warning?: string;
}

export interface ObjectSchema extends Common {
  type: 'object';
  /** What Kubernetes calls it, where it has a page of its own in `kubectl explain`. */
  name?: string;
  fields: Record<string, Schema>;
  required?: string[];
}

export interface ListSchema extends Common {
  type: 'list';
  items: Schema;
  /** How lists of several appliers merge: as one value, as a set, or item by item by these key fields. */
  merge: 'atomic' | 'set' | { keys: string[] };
  max?: { items: number; hint: string };
}

/**
 * The shape of a Kubernetes field: one tree a kind drives decoding (unknown, refused and mistyped fields), defaults,
 * server-side apply and the published OpenAPI.
 */
export type Schema =
  | (Common & {
      type: 'string';
      rule?: TextRule;
      /** The values that are supported. */
      oneOf?: string[];
      default?: string;
    })
  | (Common & {
      type: 'integer';
      min?: number;
      max?: number;
      default?: number;
    })
  | (Common & { type: 'boolean'; default?: boolean })
  | (Common & { type: 'quantity' })
  /** A count or a percentage, or a port number or its name. */
  | (Common & { type: 'intOrString'; default?: number | string })
  /** Any JSON: what the cluster itself writes, or what it only stores. */
  | (Common & {
      type: 'any';
      /** Lists in it that a strategic merge patch merges item by item, and by which field. */
      mergeKeys?: Record<string, string>;
    })
  | (Common & {
      type: 'map';
      values: Schema;
      keyRule?: TextRule;
      /** Of single keys, as `warning` is of fields. */
      warnings?: Record<string, string>;
    })
  | ListSchema
  | ObjectSchema
  /** Kubernetes has it, this cluster does not. Refused unless its value is the same as its absence. */
  | { type: 'refused'; hint: string };

type Options<T extends Schema['type']> = Omit<
  Extract<Schema, { type: T }>,
  'type'
>;

export const text = (options: Options<'string'> = {}): Schema => ({
  type: 'string',
  ...options,
});
export const integer = (options: Options<'integer'> = {}): Schema => ({
  type: 'integer',
  ...options,
});
export const boolean = (options: Options<'boolean'> = {}): Schema => ({
  type: 'boolean',
  ...options,
});
export const intOrString = (options: Options<'intOrString'> = {}): Schema => ({
  type: 'intOrString',
  ...options,
});
export const quantity = (options: Options<'quantity'> = {}): Schema => ({
  type: 'quantity',
  ...options,
});
export const anything = (options: Options<'any'> = {}): Schema => ({
  type: 'any',
  ...options,
});
/** Status as controllers write it: its conditions merge by their type. */
export const anyStatus = (mergeKeys: Record<string, string> = {}): Schema =>
  anything({ mergeKeys: { conditions: 'type', ...mergeKeys } });
export const map = (
  values: Schema = text(),
  options: Omit<Options<'map'>, 'values'> = {},
): Schema => ({ type: 'map', values, ...options });
export const list = (
  items: Schema,
  merge: ListSchema['merge'] = 'atomic',
  options: Pick<ListSchema, 'max' | 'warning'> = {},
): Schema => ({ type: 'list', items, merge, ...options });
export const struct = (
  fields: Record<string, Schema>,
  required: string[] = [],
  warning?: string,
): ObjectSchema => ({ type: 'object', fields, required, warning });
/** A struct by the name that Kubernetes gives it. */
export const named = (name: string, schema: ObjectSchema): ObjectSchema => ({
  ...schema,
  name,
});
export const refused = (hint: string): Schema => ({ type: 'refused', hint });

/** The same refusal for several fields. */
export const allRefused = (
  names: string[],
  hint: string,
): Record<string, Schema> =>
  Object.fromEntries(names.map(name => [name, refused(hint)]));
