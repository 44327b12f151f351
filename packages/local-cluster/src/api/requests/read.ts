import { z } from 'zod';
import { ApiError } from '../../api-error.ts';
import { expired } from '../../store/errors.ts';
import type { KubeObject } from '../../types.ts';
import { apiVersionOf } from '../kinds/index.ts';
import { wholeNumber, type Reply, type RequestContext } from './context.ts';
import { existing } from './existing.ts';
import { listMatch } from './list-options.ts';
import { selection } from './selection.ts';

export function get(context: RequestContext): Reply {
  return { type: 'object', object: existing(context) };
}

const tokenSchema = z.object({
  after: z.string(),
  /** Absent when the pages show the present, because the snapshot is gone. */
  resourceVersion: z.string().optional(),
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
      'continue key is not valid: this is not a token that a list returned; list again from the start',
    );
  }
}

const tooOldToContinue = (after: string) =>
  new ApiError(
    'Expired',
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    undefined,
    { continue: writeToken({ after }) },
  );

interface Version {
  items: KubeObject[];
  resourceVersion: string;
}

const snapshotKey = (
  { kind, namespace }: RequestContext,
  resourceVersion: string,
) => `${resourceVersion} ${kind.kind} ${namespace ?? ''}`;

/** What is listed: the present, or the past that an earlier page or `resourceVersionMatch=Exact` names. */
function versionOf(context: RequestContext, token?: Token): Version {
  const { store, kind, namespace, query, snapshots } = context;
  const match = listMatch(query);
  const now = store.list({
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    namespace,
  });
  const wanted =
    token?.resourceVersion ?? (query.get('resourceVersion') || undefined);
  if (wanted !== undefined && !/^\d+$/.test(wanted)) {
    throw new ApiError(
      'BadRequest',
      `resourceVersion "${wanted}" is not one: it must be a number that a list, a get or a watch returned`,
    );
  }
  const latest = Number(now.resourceVersion);
  if (wanted === undefined || Number(wanted) === latest) return now;
  if (Number(wanted) > latest) throw expired(Number(wanted), latest, latest);
  const isPast = token !== undefined || match === 'Exact';
  if (!isPast) return now;
  const items = snapshots.find(snapshotKey(context, wanted));
  if (items) return { items, resourceVersion: wanted };
  throw token
    ? tooOldToContinue(token.after)
    : expired(Number(wanted), latest, latest);
}

/** A list, in pages when `limit` is set: all of them show the moment of the first. */
export function list(context: RequestContext): Reply {
  const { query, snapshots } = context;
  const matches = selection(context);
  const limit = wholeNumber(query, 'limit');
  const text = query.get('continue');
  const token = text ? readToken(text) : undefined;
  const version = versionOf(context, token);
  const { resourceVersion } = version;
  const items = version.items.filter(
    object =>
      (token === undefined || place(object) > token.after) && matches(object),
  );
  if (!limit || items.length <= limit) {
    return { type: 'list', items, resourceVersion };
  }
  const page = items.slice(0, limit);
  snapshots.keep(snapshotKey(context, resourceVersion), version.items);
  const isSelected = query.get('labelSelector') || query.get('fieldSelector');
  return {
    type: 'list',
    items: page,
    resourceVersion,
    continue: writeToken({ after: place(page[limit - 1]), resourceVersion }),
    // As in Kubernetes, which does not count what a selector leaves.
    remainingItemCount: isSelected ? undefined : items.length - limit,
  };
}
