import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../api-error.ts';
import type { KubeObject, ObjectMeta } from '../../types.ts';
import { trackUpdate } from '../apply/server-side-apply.ts';
import { textAt } from '../json-path.ts';
import { resourceName } from '../kinds/index.ts';
import {
  isDryRun,
  keyOf,
  secondsOf,
  type Reply,
  type RequestContext,
} from './context.ts';
import { complete } from './input.ts';

/** Fields that only the cluster writes; what a client sends back of them is not an order. */
const OF_THE_CLUSTER = new Set([
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
]);

/** Of an object that is yet to be stored. */
const blank = { name: '', uid: '', resourceVersion: '', creationTimestamp: '' };

export function withoutClusterFields(object: KubeObject): KubeObject {
  const metadata: Partial<ObjectMeta> = Object.fromEntries(
    Object.entries(object.metadata).filter(
      ([field]) => !OF_THE_CLUSTER.has(field),
    ),
  );
  return { ...object, metadata: { ...blank, ...metadata } };
}

/** The `fieldManager` of a request; without one the program's name, as Kubernetes does. */
export function managerOf(context: RequestContext) {
  const name =
    context.query.get('fieldManager') ||
    (context.request.headers['user-agent'] ?? '').split('/')[0] ||
    'unknown';
  if (name.length > 128) {
    throw new ApiError(
      'BadRequest',
      'fieldManager: must be at most 128 characters long',
    );
  }
  return { name, operation: 'Update' as const };
}

/** A namespaced object needs its namespace, and one that stays. */
function checkNamespace({ store, kind, namespace }: RequestContext): void {
  if (!kind.namespaced || namespace === undefined) return;
  const found = store.get({
    apiVersion: 'v1',
    kind: 'Namespace',
    name: namespace,
  });
  if (!found) {
    throw new ApiError(
      'NotFound',
      `namespaces "${namespace}" not found; make it with: kubectl create namespace ${namespace}`,
      { name: namespace, kind: 'namespaces' },
    );
  }
  if (
    found.metadata.deletionTimestamp !== undefined ||
    textAt(found, 'status', 'phase') === 'Terminating'
  ) {
    throw new ApiError(
      'Forbidden',
      `${resourceName(
        kind,
      )}: unable to create new content in namespace ${namespace} because it is being terminated`,
    );
  }
}

/** Stores a new object, its managed fields already recorded. */
export function storeNew(context: RequestContext, object: KubeObject): Reply {
  const { kind, store, clock } = context;
  checkNamespace(context);
  const { status: _, ...input } = withoutClusterFields(object);
  const completed = complete(context, input);
  const status = kind.initialStatus?.(completed) ?? completed.status;
  const made = status === undefined ? completed : { ...completed, status };
  if (!isDryRun(context.query)) {
    return { type: 'object', code: 201, object: store.create(made) };
  }
  const { name, generateName } = made.metadata;
  const key = keyOf({ ...context, name: name || `${generateName}dry-run` });
  if (store.get(key)) {
    throw new ApiError(
      'AlreadyExists',
      `${resourceName(kind)} "${key.name}" already exists`,
      { name: key.name, group: kind.group, kind: kind.plural },
    );
  }
  return {
    type: 'object',
    code: 201,
    object: {
      ...made,
      metadata: {
        ...made.metadata,
        name: key.name,
        uid: randomUUID(),
        creationTimestamp: secondsOf(clock.now()),
      },
    },
  };
}

/** Stores a changed object, its managed fields already recorded. */
export function storeChanged(
  context: RequestContext,
  current: KubeObject,
  changed: KubeObject,
): Reply {
  const { store, query } = context;
  const next = withoutClusterFields(changed);
  if (context.subresource === 'status') {
    return isDryRun(query)
      ? { type: 'object', object: { ...current, status: next.status } }
      : {
          type: 'object',
          object: store.update(next, { subresource: 'status' }),
        };
  }
  const completed = complete(context, next, current);
  if (!isDryRun(query)) {
    return { type: 'object', object: store.update(completed) };
  }
  const { resourceVersion } = completed.metadata;
  if (resourceVersion && resourceVersion !== current.metadata.resourceVersion) {
    throw new ApiError(
      'Conflict',
      `Operation cannot be fulfilled on ${resourceName(context.kind)} "${
        current.metadata.name
      }": the object has been modified; please apply your changes to the latest version and try again`,
    );
  }
  return {
    type: 'object',
    object: {
      ...completed,
      status: current.status,
      metadata: {
        ...current.metadata,
        ...completed.metadata,
        uid: current.metadata.uid,
        resourceVersion: current.metadata.resourceVersion,
        creationTimestamp: current.metadata.creationTimestamp,
      },
    },
  };
}

/** Records who changed what, unless only the status was. */
export function tracked(
  context: RequestContext,
  before: KubeObject | undefined,
  after: KubeObject,
): KubeObject {
  if (context.subresource === 'status') return after;
  const { kind, clock } = context;
  // Sent managedFields are a wish of the client's (kubectl migrates them so); without any, those known are kept.
  const given = after.metadata.managedFields;
  const base =
    before && given && !isDeepStrictEqual(given, before.metadata.managedFields)
      ? { ...before, metadata: { ...before.metadata, managedFields: given } }
      : before;
  return trackUpdate(base, after, {
    schema: kind.schema,
    manager: managerOf(context),
    now: secondsOf(clock.now()),
  });
}
