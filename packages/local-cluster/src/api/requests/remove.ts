import { z } from 'zod';
import { ApiError } from '../../api-error.ts';
import type { KubeObject } from '../../types.ts';
import { decodeBody, readBody } from '../http/body.ts';
import { isRecord, textAt } from '../json-path.ts';
import {
  apiVersionOf,
  gracePeriodOf,
  LEASE_NAMESPACE,
} from '../kinds/index.ts';
import {
  isDryRun,
  keyOf,
  wholeNumber,
  type Reply,
  type RequestContext,
} from './context.ts';
import { existing } from './existing.ts';
import { selection } from './selection.ts';

const optionsSchema = z.object({
  gracePeriodSeconds: z.int().min(0).nullish(),
  propagationPolicy: z.enum(['Background', 'Foreground', 'Orphan']).nullish(),
  orphanDependents: z.boolean().nullish(),
  preconditions: z
    .object({
      uid: z.string().nullish(),
      resourceVersion: z.string().nullish(),
    })
    .nullish(),
  dryRun: z.array(z.literal('All')).nullish(),
});

interface DeleteOptions {
  gracePeriodSeconds?: number;
  policy: 'Background' | 'Foreground' | 'Orphan';
  uid?: string;
  resourceVersion?: string;
  dryRun: boolean;
}

/** DeleteOptions come in the body, in the query, or not at all. */
async function readOptions(context: RequestContext): Promise<DeleteOptions> {
  const { query, request } = context;
  const bytes = await readBody(request);
  const body = bytes.toString().trim() === '' ? {} : decodeBody(request, bytes);
  if (!isRecord(body)) {
    throw new ApiError('BadRequest', 'the body must be DeleteOptions');
  }
  const parsed = optionsSchema.safeParse({
    propagationPolicy: query.get('propagationPolicy'),
    gracePeriodSeconds: wholeNumber(query, 'gracePeriodSeconds'),
    ...body,
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ApiError(
      'BadRequest',
      `DeleteOptions: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  const { data } = parsed;
  return {
    gracePeriodSeconds: data.gracePeriodSeconds ?? undefined,
    policy:
      data.propagationPolicy ??
      (data.orphanDependents ? 'Orphan' : 'Background'),
    uid: data.preconditions?.uid ?? undefined,
    resourceVersion: data.preconditions?.resourceVersion ?? undefined,
    dryRun: isDryRun(query) || (data.dryRun ?? []).length > 0,
  };
}

/** The garbage collector looks after the dependents, and takes the finalizer off when it has. */
const FINALIZERS = {
  Background: undefined,
  Foreground: 'foregroundDeletion',
  Orphan: 'orphan',
};

/** A pod that runs is given time to end; the kubelet removes it then. */
function graceOf(object: KubeObject, options: DeleteOptions): number {
  if (object.kind !== 'Pod') return 0;
  const phase = textAt(object, 'status', 'phase');
  if (phase === 'Succeeded' || phase === 'Failed') return 0;
  if (textAt(object, 'spec', 'nodeName') === undefined) return 0;
  return options.gracePeriodSeconds ?? gracePeriodOf(object.spec);
}

const PROTECTED_NAMESPACES = ['default', LEASE_NAMESPACE, 'kube-system'];

function checkDeletable(object: KubeObject, options: DeleteOptions): void {
  const { name, resourceVersion } = object.metadata;
  if (object.kind === 'Namespace' && PROTECTED_NAMESPACES.includes(name)) {
    throw new ApiError(
      'Forbidden',
      `namespaces "${name}" is forbidden: this namespace may not be deleted`,
    );
  }
  if (options.resourceVersion && options.resourceVersion !== resourceVersion) {
    throw new ApiError(
      'Conflict',
      `Precondition failed: ResourceVersion in precondition: ${options.resourceVersion}, ResourceVersion in object meta: ${resourceVersion}`,
    );
  }
}

function removeOne(
  context: RequestContext,
  object: KubeObject,
  options: DeleteOptions,
): KubeObject {
  const { store, kind } = context;
  const { name, namespace, uid } = object.metadata;
  const key = { ...keyOf({ ...context, name }), namespace };
  if (options.dryRun) return object;
  const finalizer = FINALIZERS[options.policy];
  if (finalizer !== undefined) {
    store.modify(key, current => ({
      ...current,
      metadata: {
        ...current.metadata,
        finalizers: [
          ...new Set([...(current.metadata.finalizers ?? []), finalizer]),
        ],
      },
    }));
  }
  if (kind.kind === 'Namespace') {
    store.modify(key, current => ({
      ...current,
      status: { phase: 'Terminating' },
    }));
  }
  return (
    store.remove(key, {
      uid: options.uid ?? uid,
      gracePeriodSeconds: graceOf(object, options),
    }) ?? object
  );
}

export async function remove(context: RequestContext): Promise<Reply> {
  const options = await readOptions(context);
  const object = existing(context);
  checkDeletable(object, options);
  const removed = removeOne(context, object, options);
  const { name, uid } = object.metadata;
  const stays =
    options.dryRun || context.store.get(keyOf({ ...context, name }));
  if (stays && !options.dryRun) return { type: 'object', object: removed };
  const { group, plural } = context.kind;
  return {
    type: 'json',
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name, group, kind: plural, uid },
    },
  };
}

export async function removeCollection(
  context: RequestContext,
): Promise<Reply> {
  const options = await readOptions(context);
  const matches = selection(context);
  const { kind, namespace, store } = context;
  const listed = store.list({
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    namespace,
  });
  const items = listed.items.filter(matches);
  for (const object of items) checkDeletable(object, options);
  return {
    type: 'list',
    items: items.map(object => removeOne(context, object, options)),
    resourceVersion: listed.resourceVersion,
  };
}
