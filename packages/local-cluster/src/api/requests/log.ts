import { once } from 'node:events';
import { ApiError } from '../../api-error.ts';
import type { LogQuery } from '../../types.ts';
import { listAt, textAt } from '../json-path.ts';
import {
  flag,
  wholeNumber,
  type Reply,
  type RequestContext,
} from './context.ts';
import { existing } from './existing.ts';

/** A follower learns that its request was accepted after this time, also when there is no line yet. */
const HEADERS_AFTER_MS = 100;

function readQuery(context: RequestContext, signal: AbortSignal): LogQuery {
  const { query } = context;
  const sinceTime = query.get('sinceTime') ?? undefined;
  const sinceSeconds = wholeNumber(query, 'sinceSeconds');
  if (sinceTime !== undefined && Number.isNaN(Date.parse(sinceTime))) {
    throw new ApiError(
      'BadRequest',
      `sinceTime=${sinceTime}: must be an RFC 3339 time such as 2026-01-31T12:00:00Z`,
    );
  }
  if (sinceTime !== undefined && sinceSeconds !== undefined) {
    throw new ApiError(
      'BadRequest',
      'at most one of sinceTime or sinceSeconds may be given',
    );
  }
  return {
    follow: flag(query, 'follow'),
    previous: flag(query, 'previous'),
    timestamps: flag(query, 'timestamps'),
    tailLines: wholeNumber(query, 'tailLines'),
    limitBytes: wholeNumber(query, 'limitBytes'),
    sinceSeconds,
    sinceTime,
    signal,
  };
}

/** pods/log: plain text, line by line, as long as the client follows. */
export async function log(context: RequestContext): Promise<Reply> {
  const { logs, query, response, clock } = context;
  const pod = existing(context);
  const asked = query.get('container');
  const [container] = listAt(pod, 'spec', 'containers').map(each =>
    textAt(each, 'name'),
  );
  if (asked && asked !== container) {
    throw new ApiError(
      'BadRequest',
      `container ${asked} is not valid for pod ${pod.metadata.name}: it has ${container}`,
    );
  }
  if (!logs) {
    throw new ApiError('ServiceUnavailable', 'this cluster runs no kubelet');
  }
  const left = new AbortController();
  response.once('close', () => left.abort());
  const lines = logs.read(pod, readQuery(context, left.signal));
  const iterator = lines[Symbol.asyncIterator]();
  const first = iterator.next();
  const begin = () => {
    if (response.headersSent) return;
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    response.flushHeaders();
  };
  const cancel = clock.after(HEADERS_AFTER_MS, begin);
  try {
    let next = await first;
    begin();
    while (!next.done && !left.signal.aborted) {
      if (!response.write(`${next.value}\n`)) {
        await once(response, 'drain', { signal: left.signal });
      }
      next = await iterator.next();
    }
  } catch (error) {
    if (!left.signal.aborted) throw error;
  } finally {
    cancel();
    await iterator.return?.();
  }
  response.end();
  return { type: 'streamed' };
}
