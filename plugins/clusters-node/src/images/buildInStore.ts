import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { Agent } from 'undici';
import { z } from 'zod';
import type { ImageStoreConfig } from '../config/ClustersConfig';
import type { ImageBuild } from '../ImageBuildersService';
import { splitLines } from '../kube/splitLines';
import { unreachableReason } from '../kube/unreachableReason';

/** How long the store may take. */
export interface ImageStoreTimings {
  connectMs: number;
  /** A build that prints nothing for so long has hung. */
  silenceMs: number;
  totalMs: number;
}

export const DEFAULT_IMAGE_STORE_TIMINGS: ImageStoreTimings = {
  connectMs: 5_000,
  silenceMs: 5 * 60_000,
  totalMs: 20 * 60_000,
};

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('log'), line: z.string() }),
  z.object({
    type: z.literal('result'),
    image: z.string().min(1),
    cached: z.boolean(),
  }),
  z.object({ type: z.literal('error'), message: z.string() }),
]);

const refusalSchema = z.object({ message: z.string() });

const MAX_LINE_BYTES = 64 * 1024;

/** Asks an image store to build: one request, answered by lines of JSON while it builds. */
export async function buildInStore(
  store: ImageStoreConfig,
  build: ImageBuild,
  timings: ImageStoreTimings = DEFAULT_IMAGE_STORE_TIMINGS,
): Promise<{ image: string; cached: boolean }> {
  const agent = new Agent({
    connect: { timeout: timings.connectMs },
    headersTimeout: timings.silenceMs,
    bodyTimeout: timings.silenceMs,
  });
  const limit = AbortSignal.timeout(timings.totalMs);
  const url = new URL(store.url);
  try {
    const { statusCode, body } = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/x-ndjson',
        'idempotency-key': build.key,
        ...(store.token && { authorization: `Bearer ${store.token}` }),
      },
      body: JSON.stringify({
        name: build.name,
        // Only what the store knows: its strict reading refuses the rest.
        repo: { url: build.repo.url, authorization: build.repo.authorization },
        sha: build.sha,
      }),
      signal: build.signal ? AbortSignal.any([build.signal, limit]) : limit,
    });
    if (statusCode >= 300) {
      throw refusal(statusCode, await body.text(), build);
    }
    for await (const line of splitLines(body, MAX_LINE_BYTES)) {
      if (line.text.trim() === '') {
        continue;
      }
      const message = messageSchema.parse(JSON.parse(line.text));
      if (message.type === 'log') {
        build.onLog?.(message.line);
      } else if (message.type === 'error') {
        throw new InputError(
          `Building ${build.name} at ${build.sha.slice(0, 7)} failed: ${
            message.message
          }`,
        );
      } else {
        return { image: message.image, cached: message.cached };
      }
    }
    throw new ServiceUnavailableError(
      `The image store at ${url.host} stopped before the build of ${build.name} ended; try again`,
    );
  } catch (error) {
    build.signal?.throwIfAborted();
    throw explain(error, url, limit, timings);
  } finally {
    await agent.destroy();
  }
}

function refusal(statusCode: number, text: string, build: ImageBuild): Error {
  let words = text.trim().slice(0, 300) || 'no reason given';
  try {
    words = refusalSchema.parse(JSON.parse(text)).message;
  } catch {
    // Not a Status: the text itself is all there is.
  }
  const message = `The image store refused to build ${build.name} (${statusCode}): ${words}`;
  return statusCode >= 500
    ? new ServiceUnavailableError(message)
    : new InputError(message);
}

function explain(
  error: unknown,
  url: URL,
  limit: AbortSignal,
  timings: ImageStoreTimings,
): unknown {
  if (limit.aborted) {
    return new ServiceUnavailableError(
      `The image store at ${url.host} did not finish within ${
        timings.totalMs / 1000
      } s`,
    );
  }
  if (error instanceof z.ZodError) {
    return new ServiceUnavailableError(
      `The image store at ${url.host} answered something unexpected; is ghostlight.environments[].images.url right?`,
    );
  }
  const reason = unreachableReason(error);
  return reason === undefined
    ? error
    : new ServiceUnavailableError(
        `The image store at ${url.host} cannot be used: ${reason}`,
      );
}
