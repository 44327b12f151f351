import { z } from 'zod';
import { ApiError } from '../../api-error.ts';
import { parseBody } from '../http/body.ts';
import type { Exchange } from '../http/exchange.ts';
import { sendJson } from '../requests/represent.ts';

const USER = {
  username: 'local-cluster',
  groups: ['system:masters', 'system:authenticated'],
};

interface Review {
  group: string;
  kind: string;
  /** Whoever has the token may do everything, so the answer does not depend on the question. */
  status: unknown;
}

/** Questions about oneself, by the plural names of their kinds. */
export const reviews: Record<string, Review> = {
  selfsubjectaccessreviews: {
    group: 'authorization.k8s.io',
    kind: 'SelfSubjectAccessReview',
    status: {
      allowed: true,
      reason: 'the local cluster has one user, who may do everything',
    },
  },
  selfsubjectrulesreviews: {
    group: 'authorization.k8s.io',
    kind: 'SelfSubjectRulesReview',
    status: {
      resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
      nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
      incomplete: false,
    },
  },
  selfsubjectreviews: {
    group: 'authentication.k8s.io',
    kind: 'SelfSubjectReview',
    status: { userInfo: USER },
  },
};

/** `kubectl auth can-i`, `auth can-i --list` and `auth whoami`. @throws ApiError BadRequest when the body is no review */
export async function answerReview({
  request,
  response,
  segments,
}: Exchange): Promise<void> {
  const [, group, version, plural] = segments;
  const review = Object.hasOwn(reviews, plural) ? reviews[plural] : undefined;
  if (review?.group !== group || request.method !== 'POST') {
    const known = Object.keys(reviews).filter(
      name => reviews[name].group === group,
    );
    throw new ApiError(
      'MethodNotAllowed',
      `the local cluster does not support ${
        request.method
      } of ${plural} in ${group}/${version}; only ${known.join(
        ' and ',
      )} can be created`,
    );
  }
  const { kind, status } = review;
  const schema = z.looseObject({
    apiVersion: z.literal(`${group}/${version}`),
    kind: z.literal(kind),
  });
  const parsed = schema.safeParse(await parseBody(request));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ApiError(
      'BadRequest',
      `the body is no ${kind}: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  sendJson(response, 201, { ...parsed.data, status });
}
