import { z } from 'zod';
import { ApiError } from '../../api-error.ts';
import type { KubeObject } from '../../types.ts';
import { mediaTypeOf, parseBody } from '../http/body.ts';
import { at, numberAt, recordAt } from '../json-path.ts';
import { wholeObject } from '../kinds/metadata.ts';
import { anything } from '../schema/schema.ts';
import { selectorText } from '../selectors/match-labels.ts';
import type { Reply, RequestContext } from './context.ts';
import { existing } from './existing.ts';
import { patched, PATCH_TYPES } from './patch.ts';
import { storeChanged, tracked } from './write.ts';

function scaleOf(object: KubeObject) {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: numberAt(object, 'spec', 'replicas') ?? 0 },
    status: {
      replicas: numberAt(object, 'status', 'replicas') ?? 0,
      selector: selectorText(at(object, 'spec', 'selector')),
    },
  };
}

/** What a strategic merge patch has to know: there are no lists in it. */
const scaleShape = wholeObject({ spec: anything(), status: anything() });

const scaleSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().optional() }).default({}),
  spec: z.object({ replicas: z.int().min(0).max(1000).default(0) }),
});

/** The `scale` subresource: autoscaling/v1 Scale, by get, update and patch. */
export async function scale(context: RequestContext): Promise<Reply> {
  const { request } = context;
  if (request.method === 'GET') {
    return { type: 'json', body: scaleOf(existing(context)) };
  }
  const isWhole = request.method === 'PUT';
  const body = await parseBody(request, isWhole ? undefined : PATCH_TYPES);
  const current = existing(context);
  const wanted = isWhole
    ? body
    : patched(mediaTypeOf(request), scaleShape, scaleOf(current), body);
  const parsed = scaleSchema.safeParse(wanted);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ApiError(
      'Invalid',
      `Scale.autoscaling "${
        current.metadata.name
      }" is invalid: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  const { replicas } = parsed.data.spec;
  const { resourceVersion = current.metadata.resourceVersion } =
    parsed.data.metadata;
  const scaled: KubeObject = {
    ...current,
    metadata: { ...current.metadata, resourceVersion },
    spec: { ...recordAt(current, 'spec'), replicas },
  };
  const main = { ...context, subresource: undefined };
  const reply = storeChanged(main, current, tracked(main, current, scaled));
  return reply.type === 'object'
    ? { type: 'json', body: scaleOf(reply.object) }
    : reply;
}
