import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../api-error.ts';
import type { KubeObject } from '../../types.ts';
import { isRecord } from '../json-path.ts';
import { isKubeObject } from '../kube-object.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import {
  isBelow,
  pathsOf,
  pathText,
  valueAt,
  without,
  type FieldPaths,
} from './field-paths.ts';
import {
  isSameManager,
  readOwnerships,
  type Manager,
  type Ownership,
  writeOwnerships,
} from './managed-fields.ts';
import { merge } from './merge.ts';

interface Context {
  schema: ObjectSchema;
  manager: Manager;
  now: string;
}

export interface Conflict {
  manager: string;
  field: string;
}

function isSameValue(a: unknown, b: unknown): boolean {
  // A list item or an empty object stands for its existence; what is inside has paths of its own.
  if (isRecord(a) && isRecord(b)) return true;
  return isDeepStrictEqual(a, b);
}

function conflictsOf(
  schema: ObjectSchema,
  live: KubeObject,
  applied: unknown,
  paths: FieldPaths,
  others: Ownership[],
): Conflict[] {
  return others.flatMap(other =>
    [...other.paths]
      .filter(
        path =>
          paths.has(path) &&
          !isSameValue(
            valueAt(schema, live, path),
            valueAt(schema, applied, path),
          ),
      )
      .map(path => ({ manager: other.name, field: pathText(path) })),
  );
}

function conflictError(conflicts: Conflict[]): ApiError {
  const list = conflicts
    .map(({ manager, field }) => `conflict with "${manager}": ${field}`)
    .join(', ');
  return new ApiError(
    'Conflict',
    `Apply failed with ${conflicts.length} conflict${
      conflicts.length === 1 ? '' : 's'
    }: ${list}; apply with force to take these fields over`,
    {
      causes: conflicts.map(({ manager, field }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with "${manager}"`,
        field,
      })),
    },
  );
}

const minus = (paths: FieldPaths, taken: FieldPaths): FieldPaths =>
  new Set([...paths].filter(path => !taken.has(path)));

/** Removes what the manager set before and does not set now, as far as nobody else sets it. */
function prune(
  schema: ObjectSchema,
  merged: unknown,
  dropped: FieldPaths,
  owned: FieldPaths,
): unknown {
  let result = merged;
  for (const path of dropped) {
    const needed =
      owned.has(path) || [...owned].some(other => isBelow(other, path));
    if (!needed) result = without(schema, result, path);
  }
  return result;
}

function own(
  { manager, now }: Context,
  apiVersion: string,
  paths: FieldPaths,
  before?: Ownership,
): Ownership {
  const unchanged =
    before !== undefined &&
    before.paths.size === paths.size &&
    minus(before.paths, paths).size === 0;
  return {
    ...manager,
    apiVersion,
    time: unchanged ? before.time : now,
    paths,
  };
}

/**
 * Server-side apply: the live object with the applied fields over it, without the fields that this manager has stopped
 * applying. Only `metadata.managedFields` tells who set what.
 *
 * @throws ApiError Conflict when others set a field to another value and `force` is not set
 */
export function applyTo(
  live: KubeObject,
  applied: KubeObject,
  context: Context & { force: boolean },
): KubeObject {
  const { schema, manager } = context;
  const ownerships = readOwnerships(live);
  const before = ownerships.find(each => isSameManager(each, manager));
  const others = ownerships.filter(each => each !== before);
  const paths = pathsOf(schema, applied);
  const conflicts = conflictsOf(schema, live, applied, paths, others);
  if (conflicts.length > 0 && !context.force) throw conflictError(conflicts);
  const lost = new Set(conflicts.map(({ field }) => field));
  const kept = others.map(other => ({
    ...other,
    paths: new Set(
      [...other.paths].filter(
        path => !(paths.has(path) && lost.has(pathText(path))),
      ),
    ),
  }));
  const owned = new Set(
    [paths, ...kept.map(other => other.paths)].flatMap(each => [...each]),
  );
  const dropped = minus(before?.paths ?? new Set(), paths);
  const result = prune(schema, merge(schema, live, applied), dropped, owned);
  return withOwnerships(result, [
    ...kept,
    own(context, live.apiVersion, paths, before),
  ]);
}

/** Records who changed what by a create, an update or a patch: the fields that changed are theirs alone. */
export function trackUpdate(
  before: KubeObject | undefined,
  after: KubeObject,
  context: Context,
): KubeObject {
  const { schema, manager } = context;
  const ownerships = readOwnerships(before);
  const old = pathsOf(schema, before);
  const current = pathsOf(schema, after);
  const changed = new Set(
    [...current].filter(
      path =>
        !old.has(path) ||
        !isSameValue(
          valueAt(schema, before, path),
          valueAt(schema, after, path),
        ),
    ),
  );
  const gone = minus(old, current);
  const mine = ownerships.find(each => isSameManager(each, manager));
  const others = ownerships
    .filter(each => each !== mine)
    .map(each => ({ ...each, paths: minus(minus(each.paths, changed), gone) }));
  const paths = minus(new Set([...(mine?.paths ?? []), ...changed]), gone);
  return withOwnerships(after, [
    ...others,
    own(context, after.apiVersion, paths, mine),
  ]);
}

function withOwnerships(value: unknown, ownerships: Ownership[]): KubeObject {
  if (!isKubeObject(value)) {
    throw new ApiError(
      'BadRequest',
      'the change would leave an object without apiVersion, kind or metadata',
    );
  }
  const managedFields = writeOwnerships(ownerships);
  return { ...value, metadata: { ...value.metadata, managedFields } };
}
