import { z } from 'zod';
import { ApiError } from '../../api-error.ts';
import type { KubeObject } from '../../types.ts';
import { apiVersionOf } from '../kinds/index.ts';
import { wholeNumber, type Reply, type RequestContext } from './context.ts';
import { existing } from './existing.ts';
import { selection } from './selection.ts';

export function get(context: RequestContext): Reply {
  return { type: 'object', object: existing(context) };
}

const tokenSchema = z.object({
  after: z.string(),
  resourceVersion: z.string(),
});
type Token = z.infer<typeof tokenSchema>;

const place = ({ metadata }: KubeObject) =>
  `${metadata.namespace ?? ''}/${metadata.name}`;

const writeToken = (token: Token) =>
  Buffer.from(JSON.stringify(token)).toString('base64url');

function readToken(text: string): Token {
  try {
    return tokenSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString()),
    );
  } catch {
    throw new ApiError(
      'BadRequest',
      'continue: this is not a token that a list returned; list again from the start',
    );
  }
}

/**
 * A list, in pages when `limit` is set. Later pages show the present; they carry the resourceVersion of the first, so that a watch
 * from it tells what changed between the pages.
 */
export function list(context: RequestContext): Reply {
  const { store, kind, namespace, query } = context;
  const matches = selection(context);
  const limit = wholeNumber(query, 'limit');
  const token = query.get('continue');
  const from = token ? readToken(token) : undefined;
  const all = store.list({
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    namespace,
  });
  const resourceVersion = from?.resourceVersion ?? all.resourceVersion;
  const items = all.items.filter(
    object =>
      (from === undefined || place(object) > from.after) && matches(object),
  );
  if (!limit || items.length <= limit) {
    return { type: 'list', items, resourceVersion };
  }
  const page = items.slice(0, limit);
  return {
    type: 'list',
    items: page,
    resourceVersion,
    continue: writeToken({ after: place(page[limit - 1]), resourceVersion }),
    remainingItemCount: items.length - limit,
  };
}
