import { z } from 'zod';
import { ApiError } from '../api-error.ts';

const reviewSchema = z.looseObject({
  apiVersion: z.literal('authorization.k8s.io/v1'),
  kind: z.literal('SelfSubjectAccessReview'),
  spec: z.looseObject({}),
});

/** Whoever has the token may do everything. @throws ApiError BadRequest when the body is no review */
export function reviewAccess(body: unknown) {
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
