import type { ServerResponse } from 'node:http';
import { stringify } from 'yaml';
import { ApiError } from '../../api-error.ts';
import { textOf } from '../../store/index.ts';
import type { KubeObject } from '../../types.ts';
import { apiVersionOf } from '../kinds/index.ts';
import { tableOf, type IncludeObject } from '../tables/table.ts';
import type { Reply, RequestContext } from './context.ts';

export function includeObject(query: URLSearchParams): IncludeObject {
  const value = query.get('includeObject') || 'Metadata';
  if (value === 'Metadata' || value === 'Object' || value === 'None')
    return value;
  throw new ApiError(
    'BadRequest',
    `includeObject=${value}: must be Metadata, Object or None`,
  );
}

export const partialMetadata = ({ metadata }: KubeObject) => ({
  kind: 'PartialObjectMetadata',
  apiVersion: 'meta.k8s.io/v1',
  metadata,
});

type Body = { text: string } | { value: unknown };

const textOfBody = (body: Body) =>
  'text' in body ? body.text : JSON.stringify(body.value);

function listBody(
  context: RequestContext,
  reply: Extract<Reply, { type: 'list' }>,
): Body {
  const { accepted, kind, clock, query } = context;
  const { items, resourceVersion } = reply;
  const metadata = {
    resourceVersion,
    continue: reply.continue,
    remainingItemCount: reply.remainingItemCount,
  };
  if (accepted.as === 'table') {
    const include = includeObject(query);
    return {
      value: tableOf(kind, items, { include, now: clock.now(), metadata }),
    };
  }
  if (accepted.as === 'metadata') {
    return {
      value: {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: items.map(partialMetadata),
      },
    };
  }
  const head = JSON.stringify({
    kind: `${kind.kind}List`,
    apiVersion: apiVersionOf(kind),
    metadata,
  });
  return {
    text: `${head.slice(0, -1)},"items":[${items.map(textOf).join(',')}]}`,
  };
}

function objectBody(context: RequestContext, object: KubeObject): Body {
  const { accepted, kind, clock, query } = context;
  if (accepted.as === 'table') {
    const { resourceVersion } = object.metadata;
    return {
      value: tableOf(kind, [object], {
        include: includeObject(query),
        now: clock.now(),
        metadata: { resourceVersion },
      }),
    };
  }
  if (accepted.as === 'metadata') return { value: partialMetadata(object) };
  return { text: textOf(object) };
}

function bodyOf(
  context: RequestContext,
  reply: Exclude<Reply, { type: 'streamed' }>,
): Body {
  switch (reply.type) {
    case 'list':
      return listBody(context, reply);
    case 'object':
      return objectBody(context, reply.object);
    default:
      return { value: reply.body };
  }
}

/** Writes a reply in the representation that was accepted. */
export function send(context: RequestContext, reply: Reply): void {
  if (reply.type === 'streamed') return;
  const { response, accepted } = context;
  const text = textOfBody(bodyOf(context, reply));
  const code = reply.type === 'list' ? 200 : reply.code ?? 200;
  if (accepted.format === 'yaml') {
    sendText(response, code, 'application/yaml', stringify(JSON.parse(text)));
  } else sendText(response, code, 'application/json', text);
}

export function sendText(
  response: ServerResponse,
  code: number,
  type: string,
  text: string,
): void {
  response.writeHead(code, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-cache, private',
  });
  response.end(text);
}

export const sendJson = (
  response: ServerResponse,
  code: number,
  value: unknown,
) => sendText(response, code, 'application/json', JSON.stringify(value));
