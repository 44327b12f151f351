import { ApiError } from '../../api-error.ts';
import { textOf } from '../../store/index.ts';
import type { KubeObject, WatchEvent } from '../../types.ts';
import { statusOf } from '../http/status.ts';
import { apiVersionOf } from '../kinds/index.ts';
import { tableOf } from '../tables/table.ts';
import {
  flag,
  wholeNumber,
  type Reply,
  type RequestContext,
} from './context.ts';
import { sendsInitialEvents } from './list-options.ts';
import { includeObject, partialMetadata } from './represent.ts';
import { selection } from './selection.ts';
import { WatchStream } from './watch-stream.ts';

const DEFAULT_TIMEOUT_SECONDS = 1800;
const BOOKMARK_EVERY_MS = 60_000;

/** What a change means to someone who sees only the objects that match. */
function seenAs(
  { type, object, previous }: WatchEvent,
  matches: (object: KubeObject) => boolean,
): WatchEvent['type'] | undefined {
  const now = matches(object);
  // When the history no longer tells what it was, it may have matched.
  const before = previous === undefined || matches(previous);
  switch (type) {
    case 'ADDED':
      return now ? 'ADDED' : undefined;
    case 'DELETED':
      return now || (previous !== undefined && before) ? 'DELETED' : undefined;
    default:
      if (now) return before ? 'MODIFIED' : 'ADDED';
      return before ? 'DELETED' : undefined;
  }
}

/** Turns objects into the texts that this client asked for. */
function writer(context: RequestContext): (object: KubeObject) => string {
  const { accepted, kind, clock, query } = context;
  if (accepted.as === 'metadata') {
    return object => JSON.stringify(partialMetadata(object));
  }
  if (accepted.as !== 'table') return textOf;
  const include = includeObject(query);
  let withColumns = true;
  return object => {
    const table = tableOf(kind, [object], {
      include,
      now: clock.now(),
      metadata: { resourceVersion: object.metadata.resourceVersion },
      withColumns,
    });
    withColumns = false;
    return JSON.stringify(table);
  };
}

export function watch(context: RequestContext): Reply {
  const { store, clock, kind, namespace, query, response } = context;
  if (context.accepted.format === 'yaml') {
    throw new ApiError('NotAcceptable', 'a watch answers in JSON only');
  }
  const matches = selection(context);
  const scope = { apiVersion: apiVersionOf(kind), kind: kind.kind, namespace };
  const timeout =
    wholeNumber(query, 'timeoutSeconds') || DEFAULT_TIMEOUT_SECONDS;
  const from = query.get('resourceVersion') ?? '';
  const listFirst = sendsInitialEvents(query);
  const bookmarks = flag(query, 'allowWatchBookmarks');
  const write = writer(context);

  const stream = new WatchStream(response, clock);
  const bookmark = (annotations?: Record<string, string>) => {
    const { resourceVersion } = store.list({ ...scope, namespace: '-' });
    stream.send(
      'BOOKMARK',
      JSON.stringify({
        ...(context.accepted.as === 'metadata'
          ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' }
          : { kind: kind.kind, apiVersion: scope.apiVersion }),
        metadata: { resourceVersion, creationTimestamp: null, annotations },
      }),
    );
  };
  const listener = (event: WatchEvent) => {
    const type = seenAs(event, matches);
    if (type !== undefined) stream.send(type, write(event.object));
  };

  let unsubscribe: () => void;
  try {
    if (listFirst || from === '' || from === '0') {
      for (const object of store.list(scope).items) {
        if (matches(object)) stream.send('ADDED', write(object));
      }
      if (listFirst) bookmark({ 'k8s.io/initial-events-end': 'true' });
      unsubscribe = store.watch(scope, listener);
    } else {
      unsubscribe = store.watch(scope, listener, from);
    }
  } catch (error) {
    // As Kubernetes does: the watch was accepted, its first event is the error.
    if (!(error instanceof ApiError)) throw error;
    stream.send('ERROR', JSON.stringify(statusOf(error)));
    stream.end();
    return { type: 'streamed' };
  }

  let cancelBookmark = () => {};
  const bookmarkLater = () => {
    cancelBookmark = clock.after(BOOKMARK_EVERY_MS, () => {
      bookmark();
      bookmarkLater();
    });
  };
  if (bookmarks) bookmarkLater();
  const cancelTimeout = clock.after(timeout * 1000, () => {
    if (bookmarks) bookmark();
    stream.end();
  });
  response.once('close', () => {
    unsubscribe();
    cancelBookmark();
    cancelTimeout();
  });
  return { type: 'streamed' };
}
