import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { z } from 'zod';
import type { ClusterHttp } from '../kube/ClusterHttp';
import {
  bookmarkSchema,
  listSchema,
  watchErrorSchema,
  watchEventSchema,
} from '../kube/objects';
import { splitLines } from '../kube/splitLines';
import { Backoff } from './Backoff';
import type { Cacheable, ObjectCache } from './ObjectCache';
import { pause } from './pause';

/** A kind to watch, all namespaces. */
export interface WatchedKind<T extends Cacheable> {
  /** e.g. `/apis/apps/v1/deployments` */
  path: string;
  schema: z.ZodType<T>;
}

export interface InformerOptions<T extends Cacheable> {
  kind: WatchedKind<T>;
  http: ClusterHttp;
  cache: ObjectCache<T>;
  backoff: Backoff;
  logger: LoggerService;
  /** After this the server is asked to end a watch; a new one follows. */
  watchSeconds: number;
  /** Called with undefined when list and watch work again, with the error when they do not. */
  onState: (error: unknown | undefined) => void;
}

const PAGE_SIZE = 500;
/** A single object is at most 1.5 MiB in etcd; JSON may be a little larger. */
const MAX_EVENT_BYTES = 4 * 1024 * 1024;

/** Keeps a cache equal to the objects of one kind in one cluster: list, watch, and again. */
export class Informer<T extends Cacheable> {
  readonly #options: InformerOptions<T>;

  constructor(options: InformerOptions<T>) {
    this.#options = options;
  }

  /** Runs until aborted; never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const { kind, backoff, logger, onState } = this.#options;
    let resourceVersion: string | undefined;
    while (!signal.aborted) {
      try {
        resourceVersion ??= await this.#list(signal);
        onState(undefined);
      } catch (error) {
        if (!signal.aborted) {
          onState(error);
          await pause(backoff.nextMs(), signal);
        }
        continue;
      }
      try {
        const watch = await this.#watch(resourceVersion, signal);
        resourceVersion = watch.resourceVersion;
        if (watch.events === 0 && watch.tookMs < 1000) {
          // Some proxies close watches at once: without a pause this would be a busy loop.
          await pause(backoff.nextMs(), signal);
        }
      } catch (error) {
        // A broken watch says little about the cluster; the list that follows tells.
        resourceVersion = undefined;
        if (!signal.aborted) {
          logger.debug(`Watching ${kind.path} broke off: ${error}`);
          await pause(backoff.nextMs(), signal);
        }
      }
    }
  }

  async #list(signal: AbortSignal): Promise<string> {
    const { http, kind, cache } = this.#options;
    const objects: T[] = [];
    let next: string | undefined;
    let resourceVersion = '';
    do {
      const answer = await http.json({
        path: kind.path,
        query: { limit: PAGE_SIZE, continue: next },
        signal,
      });
      const page = listSchema.safeParse(answer);
      if (!page.success) {
        throw new ServiceUnavailableError(
          `${kind.path} answered something that is not a list`,
        );
      }
      for (const item of page.data.items) {
        const object = this.#parse(item);
        if (object) {
          objects.push(object);
        }
      }
      resourceVersion = page.data.metadata.resourceVersion;
      next = page.data.metadata.continue;
    } while (next);
    cache.replace(objects);
    return resourceVersion;
  }

  /** Ends when the server ends it, and fails when the connection does or the version is too old. */
  async #watch(
    from: string,
    signal: AbortSignal,
  ): Promise<{ resourceVersion: string; events: number; tookMs: number }> {
    const { http, kind, cache, backoff, watchSeconds } = this.#options;
    const startedAt = Date.now();
    const watch = { resourceVersion: from, events: 0 };
    // A server that forgets its own limit is left.
    const limit = AbortSignal.timeout((watchSeconds + 30) * 1000);
    const body = await http.stream({
      path: kind.path,
      query: {
        watch: true,
        allowWatchBookmarks: true,
        resourceVersion: from,
        timeoutSeconds: watchSeconds,
      },
      signal: AbortSignal.any([signal, limit]),
    });
    for await (const line of splitLines(body, MAX_EVENT_BYTES)) {
      const event = watchEventSchema.parse(JSON.parse(line.text));
      watch.events += 1;
      backoff.reset();
      if (event.type === 'ERROR') {
        const { message } = watchErrorSchema.parse(event.object);
        throw new ServiceUnavailableError(message ?? 'the watch failed');
      }
      if (event.type === 'BOOKMARK') {
        const bookmark = bookmarkSchema.parse(event.object);
        watch.resourceVersion = bookmark.metadata.resourceVersion;
        continue;
      }
      const object = this.#parse(event.object);
      if (!object) {
        continue;
      }
      watch.resourceVersion = object.metadata.resourceVersion;
      if (event.type === 'DELETED') {
        cache.remove(object);
      } else {
        cache.set(object);
      }
    }
    return { ...watch, tookMs: Date.now() - startedAt };
  }

  #parse(item: unknown): T | undefined {
    const { kind, logger } = this.#options;
    const parsed = kind.schema.safeParse(item);
    if (!parsed.success) {
      logger.warn(`Left out an object of ${kind.path} that cannot be read`, {
        issue: parsed.error.issues[0]?.path.join('.'),
      });
      return undefined;
    }
    return parsed.data;
  }
}
