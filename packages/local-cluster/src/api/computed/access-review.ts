import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { ApiError } from '../../api-error.ts';
import { mediaTypeOf, parseBody, PROTOBUF, readBody } from '../http/body.ts';
import type { Exchange } from '../http/exchange.ts';
import { sendJson } from '../requests/represent.ts';

const reviewSchema = z.looseObject({
  apiVersion: z.literal('authorization.k8s.io/v1'),
  kind: z.literal('SelfSubjectAccessReview'),
  spec: z.looseObject({}),
});

/** How Kubernetes begins a protobuf body. */
const PROTOBUF_MAGIC = 'k8s\0';

/** kubectl writes reviews in protobuf; the answer is the same whatever they ask, so only their kind is read. */
async function readProtobuf(request: IncomingMessage): Promise<unknown> {
  const text = (await readBody(request)).toString('latin1');
  const isReview =
    text.startsWith(PROTOBUF_MAGIC) && text.includes('SelfSubjectAccessReview');
  return isReview
    ? {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: {},
      }
    : {};
}

/** Whoever has the token may do everything. @throws ApiError BadRequest when the body is no review */
function reviewAccess(body: unknown) {
  const parsed = reviewSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ApiError(
      'BadRequest',
      `the body is no SelfSubjectAccessReview: ${issue.path.join('.')}: ${
        issue.message
      }`,
    );
  }
  return {
    ...parsed.data,
    status: {
      allowed: true,
      reason: 'the local cluster has one user, who may do everything',
    },
  };
}

/** authorization.k8s.io: `kubectl auth can-i`. */
export async function answerReview({
  request,
  response,
  segments,
}: Exchange): Promise<void> {
  if (segments[3] !== 'selfsubjectaccessreviews' || request.method !== 'POST') {
    throw new ApiError(
      'MethodNotAllowed',
      `the local cluster does not support ${request.method} of ${segments[3]} in authorization.k8s.io/v1; only selfsubjectaccessreviews can be created`,
    );
  }
  const body =
    mediaTypeOf(request) === PROTOBUF
      ? await readProtobuf(request)
      : await parseBody(request);
  sendJson(response, 201, reviewAccess(body));
}
