import { ApiError } from '../../api-error.ts';
import { isRecord } from '../json-path.ts';
import { fieldPath } from '../schema/decode.ts';

// What a strategic merge patch says beside values, by the names of Kubernetes' own documentation of it.
const PATCH = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_FROM_LIST = '$deleteFromPrimitiveList/';
const ELEMENT_ORDER = '$setElementOrder/';

type Action = 'delete' | 'replace' | 'merge';

/** One object of a strategic merge patch, its directives told from its values. */
export interface PatchObject {
  action: Action;
  /** Fields besides which nothing is kept. */
  retainKeys?: string[];
  fields: Map<string, FieldPatch>;
}

export interface FieldPatch {
  /** undefined when only directives speak of the field. */
  value?: unknown;
  /** Members that go from a list of plain values. */
  remove?: unknown[];
  /** The items, by their values or merge keys, in the order that is wanted. */
  order?: unknown[];
}

const malformed = (path: string, what: string) =>
  new ApiError(
    'BadRequest',
    `the strategic merge patch is malformed at ${
      path || 'its top'
    }: ${what}; its directives are ${PATCH}, ${RETAIN_KEYS}, ${DELETE_FROM_LIST}<field> and ${ELEMENT_ORDER}<field>`,
  );

function listOf(value: unknown, path: string, directive: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(path, `${directive} must be a list`);
}

function actionOf(value: unknown, path: string): Action {
  if (value === 'delete' || value === 'replace' || value === 'merge') {
    return value;
  }
  throw malformed(
    path,
    `${PATCH}: ${JSON.stringify(value)}: must be delete, replace or merge`,
  );
}

/** @throws ApiError BadRequest that names a directive which is unknown or malformed, and its place */
export function readPatchObject(
  patch: Record<string, unknown>,
  path: string,
): PatchObject {
  const result: PatchObject = { action: 'merge', fields: new Map() };
  const add = (field: string, part: FieldPatch) => {
    result.fields.set(field, { ...result.fields.get(field), ...part });
  };
  for (const [name, value] of Object.entries(patch)) {
    if (!name.startsWith('$')) add(name, { value });
    else if (name === PATCH) result.action = actionOf(value, path);
    else if (name === RETAIN_KEYS) {
      result.retainKeys = listOf(value, path, name).map(String);
    } else if (name.startsWith(DELETE_FROM_LIST)) {
      const field = name.slice(DELETE_FROM_LIST.length);
      add(field, { remove: listOf(value, path, name) });
    } else if (name.startsWith(ELEMENT_ORDER)) {
      const field = name.slice(ELEMENT_ORDER.length);
      add(field, { order: listOf(value, path, name) });
    } else throw malformed(path, `unknown directive ${name}`);
  }
  for (const [field, { value }] of result.fields) {
    const sets = value !== undefined && value !== null;
    if (sets && result.retainKeys?.includes(field) === false) {
      throw malformed(
        path,
        `${RETAIN_KEYS} does not name ${field}, which the patch sets`,
      );
    }
  }
  return result;
}

/** What is left of a patch where there is nothing to patch: its values, without nulls and directives. */
export function plainValue(patch: unknown, path: string): unknown {
  if (Array.isArray(patch)) {
    return patch.flatMap((item, index) => {
      if (!isRecord(item)) return [item];
      const at = `${path}[${index}]`;
      const isMark =
        PATCH in item && readPatchObject(item, at).action !== 'merge';
      return isMark ? [] : [plainValue(item, at)];
    });
  }
  if (!isRecord(patch)) return patch;
  const { action, fields } = readPatchObject(patch, path);
  if (action === 'delete') return {};
  return Object.fromEntries(
    [...fields].flatMap(([field, { value }]) =>
      value === undefined || value === null
        ? []
        : [[field, plainValue(value, fieldPath(path, field))]],
    ),
  );
}
