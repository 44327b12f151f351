import { ApiError } from '../../api-error.ts';
import type { KubeObject } from '../../types.ts';
import { isRecord } from '../json-path.ts';
import { apiVersionOf, type Kind } from '../kinds/index.ts';
import { isKubeObject } from '../kube-object.ts';
import { decode, type FieldError } from '../schema/decode.ts';
import { fillDefaults } from '../schema/defaults.ts';
import { breaks } from '../schema/rules.ts';
import type { RequestContext } from './context.ts';

function invalid(kind: Kind, name: string, errors: FieldError[]): ApiError {
  const list = errors.map(({ field, message }) => `${field}: ${message}`);
  const subject = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
  return new ApiError(
    'Invalid',
    `${subject} "${name}" is invalid: ${
      list.length === 1 ? list[0] : `[${list.join(', ')}]`
    }`,
    { name, group: kind.group, kind: kind.kind, causes: errors },
  );
}

type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

function fieldValidation(query: URLSearchParams): FieldValidation {
  const value = query.get('fieldValidation') || 'Warn';
  if (value === 'Strict' || value === 'Warn' || value === 'Ignore')
    return value;
  throw new ApiError(
    'BadRequest',
    `fieldValidation=${value}: must be Strict, Warn or Ignore`,
  );
}

/** Body and path must speak of the same object. */
function checkIdentity(
  context: RequestContext,
  input: Record<string, unknown>,
): KubeObject {
  const { kind } = context;
  const apiVersion = apiVersionOf(kind);
  const metadata = input.metadata ?? {};
  const object = {
    ...input,
    apiVersion: input.apiVersion ?? apiVersion,
    kind: input.kind ?? kind.kind,
    metadata,
  };
  if (!isRecord(metadata) || !isKubeObject(object)) {
    throw new ApiError('BadRequest', 'metadata must be an object');
  }
  if (object.apiVersion !== apiVersion || object.kind !== kind.kind) {
    throw new ApiError(
      'BadRequest',
      `${object.kind} in version "${object.apiVersion}" cannot be handled as a ${kind.kind} in version "${apiVersion}"`,
    );
  }
  const { namespace, name } = object.metadata;
  if (
    context.namespace !== undefined &&
    namespace &&
    namespace !== context.namespace
  ) {
    throw new ApiError(
      'BadRequest',
      `the namespace of the provided object (${namespace}) does not match the namespace sent on the request (${context.namespace})`,
    );
  }
  if (context.name !== undefined && name && name !== context.name) {
    throw new ApiError(
      'BadRequest',
      `the name of the object (${name}) does not match the name on the URL (${context.name})`,
    );
  }
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...(context.name === undefined ? {} : { name: context.name }),
      ...(context.namespace === undefined
        ? {}
        : { namespace: context.namespace }),
    },
  };
}

/**
 * Reads an object from JSON: unknown fields are refused or warned of as the client asked, refused ones always.
 *
 * @param options.partial - an applied configuration may leave required fields to others
 * @param options.before - the stored object: of what was so before, nobody is warned again
 */
export function readObject(
  context: RequestContext,
  input: unknown,
  options: { partial?: boolean; before?: KubeObject } = {},
): KubeObject {
  const { kind, query } = context;
  if (!isRecord(input)) {
    throw new ApiError(
      'BadRequest',
      `the body must be one ${kind.kind} object, got ${JSON.stringify(
        input,
      )?.slice(0, 60)}`,
    );
  }
  const identified = checkIdentity(context, input);
  const decoded = decode(kind.schema, identified);
  const [mistyped] = decoded.mistyped;
  if (mistyped !== undefined) {
    throw new ApiError(
      'BadRequest',
      `${kind.kind} in version "${kind.version}" cannot be handled as a ${
        kind.kind
      }: ${decoded.mistyped.join('; ')}`,
    );
  }
  if (decoded.unknown.length > 0) {
    const unknown = decoded.unknown.map(field => `unknown field "${field}"`);
    switch (fieldValidation(query)) {
      case 'Strict':
        throw new ApiError(
          'BadRequest',
          `${kind.kind} in version "${kind.version}" cannot be handled as a ${
            kind.kind
          }: strict decoding error: ${unknown.join(', ')}`,
        );
      case 'Warn':
        unknown.forEach(context.warn);
        break;
      default:
    }
  }
  const errors = options.partial
    ? decoded.invalid.filter(({ reason }) => reason !== 'FieldValueRequired')
    : decoded.invalid;
  if (errors.length > 0) {
    throw invalid(kind, identified.metadata.name ?? '', errors);
  }
  const known = options.before
    ? decode(kind.schema, options.before).warnings
    : [];
  decoded.warnings
    .filter(warning => !known.includes(warning))
    .forEach(context.warn);
  if (!isKubeObject(decoded.value)) {
    throw new ApiError('BadRequest', `the body is no ${kind.kind}`);
  }
  return kind.normalise?.(decoded.value) ?? decoded.value;
}

function checkName(kind: Kind, { metadata }: KubeObject): FieldError[] {
  const { name, generateName } = metadata;
  if (!name && generateName) return [];
  if (name && !breaks(kind.nameRule, name)) return [];
  return [
    name
      ? {
          field: 'metadata.name',
          reason: 'FieldValueInvalid',
          message: `Invalid value: "${name}": must be ${kind.nameRule.what}`,
        }
      : {
          field: 'metadata.name',
          reason: 'FieldValueRequired',
          message: 'Required value: name or generateName is required',
        },
  ];
}

/** Fills defaults and checks the rules of the kind. @throws ApiError Invalid with every cause */
export function complete(
  { kind }: RequestContext,
  object: KubeObject,
  current?: KubeObject,
): KubeObject {
  const filled = fillDefaults(kind.schema.fields, object);
  const completed = kind.complete?.(filled) ?? filled;
  const errors = [
    ...checkName(kind, completed),
    ...(kind.check?.(completed) ?? []),
    ...(current ? kind.checkUpdate?.(completed, current) ?? [] : []),
  ];
  if (errors.length > 0) {
    throw invalid(kind, completed.metadata.name ?? '', errors);
  }
  return completed;
}
