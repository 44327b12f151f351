import { ApiError } from '../../api-error.ts';
import { applyTo } from '../apply/server-side-apply.ts';
import { mediaTypeOf, parseBody } from '../http/body.ts';
import { apiVersionOf } from '../kinds/index.ts';
import { jsonPatch } from '../patch/json-patch.ts';
import { mergePatch } from '../patch/merge-patch.ts';
import { strategicMergePatch } from '../patch/strategic-merge-patch.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import {
  flag,
  keyOf,
  secondsOf,
  type Reply,
  type RequestContext,
} from './context.ts';
import { existing, nameOf } from './existing.ts';
import { readObject } from './input.ts';
import {
  storeChanged,
  storeNew,
  tracked,
  withoutClusterFields,
} from './write.ts';

export const APPLY = 'application/apply-patch+yaml';
export const MERGE = 'application/merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';
export const STRATEGIC = 'application/strategic-merge-patch+json';

/** The patches that change what is there. */
export const PATCH_TYPES = {
  [STRATEGIC]: 'json',
  [MERGE]: 'json',
  [JSON_PATCH]: 'json',
} as const;

/** What a patch makes of an object, by the patch's media type. */
export function patched(
  type: string,
  schema: ObjectSchema,
  target: object,
  patchBody: unknown,
): unknown {
  switch (type) {
    case STRATEGIC:
      return strategicMergePatch(schema, target, patchBody);
    case JSON_PATCH:
      return jsonPatch(target, patchBody);
    default:
      return mergePatch(target, patchBody);
  }
}

/** PATCH: server-side apply, strategic merge patch, merge patch or JSON patch, by the content type. */
export async function patch(context: RequestContext): Promise<Reply> {
  const type = mediaTypeOf(context.request);
  const body = await parseBody(context.request, {
    [APPLY]: 'yaml',
    ...PATCH_TYPES,
  });
  if (type === APPLY) return apply(context, body);
  const current = existing(context);
  const changed = patched(type, context.kind.schema, current, body);
  const object = readObject(context, changed, { before: current });
  return storeChanged(context, current, tracked(context, current, object));
}

function apply(context: RequestContext, body: unknown): Reply {
  const { kind, query, store, clock } = context;
  const name = query.get('fieldManager');
  if (!name) {
    throw new ApiError(
      'BadRequest',
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  }
  if (context.subresource !== undefined) {
    throw new ApiError(
      'UnsupportedMediaType',
      `the local cluster applies whole objects only: send ${MERGE} or ${JSON_PATCH} to /${context.subresource}`,
    );
  }
  const applied = readObject(context, body, { partial: true });
  if (applied.metadata.managedFields !== undefined) {
    throw new ApiError(
      'BadRequest',
      'metadata.managedFields must be nil: an applied object says what you want, not who owned it',
    );
  }
  const options = {
    schema: kind.schema,
    manager: { name, operation: 'Apply' as const },
    now: secondsOf(clock.now()),
    force: flag(query, 'force'),
  };
  const current = store.get(keyOf({ ...context, name: nameOf(context) }));
  const { resourceVersion, uid } = applied.metadata;
  if (!current && (resourceVersion || uid)) {
    throw new ApiError(
      'Conflict',
      `the applied ${kind.kind} names a resourceVersion or uid, but there is no such object`,
    );
  }
  if (current && uid && uid !== current.metadata.uid) {
    throw new ApiError(
      'Conflict',
      `the applied ${kind.kind} names uid ${uid}, the object has ${current.metadata.uid}`,
    );
  }
  if (current) {
    const merged = applyTo(current, applied, options);
    return storeChanged(
      context,
      current,
      readObject(context, merged, { before: current }),
    );
  }
  const identity = withoutClusterFields({
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    metadata: applied.metadata,
  });
  return storeNew(
    context,
    readObject(context, applyTo(identity, applied, options)),
  );
}
