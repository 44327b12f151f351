import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../api-error.ts';
import { answerReview } from './computed/reviews.ts';
import { answerMetrics } from './computed/metrics.ts';
import {
  findGroupVersion,
  groupOf,
  groupVersions,
  resourceList,
} from './discovery.ts';
import { discover } from './discovery-http.ts';
import { negotiate } from './http/accept.ts';
import type { Exchange, HandlerParts } from './http/exchange.ts';
import { findResource } from './kinds/find-kind.ts';
import { documentOf, index, versionTwo } from './openapi.ts';
import { dispatch } from './requests/dispatch.ts';
import { send, sendJson, sendText } from './requests/represent.ts';
import { version } from './version.ts';

/** Open to everybody on this machine: they tell nothing of what runs. */
const OPEN: Record<string, (response: ServerResponse) => void> = {
  '/livez': response => sendText(response, 200, 'text/plain', 'ok'),
  '/readyz': response => sendText(response, 200, 'text/plain', 'ok'),
  '/healthz': response => sendText(response, 200, 'text/plain', 'ok'),
  '/version': response => sendJson(response, 200, version),
};

const nothingThere = (path: string) =>
  new ApiError(
    'NotFound',
    `the local cluster has nothing at ${path}; it serves ${groupVersions
      .map(({ group, version: v }) =>
        group === '' ? `/api/${v}` : `/apis/${group}/${v}`,
      )
      .join(', ')}`,
  );

/** RFC 7234 `Warning`, as clients of Kubernetes print it. */
const warningHeader = (message: string) =>
  `299 - "${message.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&')}"`;

async function answerStored(
  exchange: Exchange,
  apiVersion: string,
  rest: string[],
): Promise<void> {
  const { request, response, url, store, clock, logs, metrics, snapshots } =
    exchange;
  const warnings = new Set<string>();
  const context = {
    ...findResource(apiVersion, rest),
    store,
    clock,
    logs,
    metrics,
    snapshots,
    query: url.searchParams,
    accepted: negotiate(request.headers.accept),
    request,
    response,
    warn: (message: string) => warnings.add(message),
  };
  const reply = await dispatch(context);
  if (reply.type === 'streamed') return;
  if (warnings.size > 0) {
    response.setHeader('warning', [...warnings].map(warningHeader));
  }
  send(context, reply);
}

const REVIEW_GROUPS = ['authorization.k8s.io', 'authentication.k8s.io'];

async function answerApi(exchange: Exchange): Promise<void> {
  const { response, url, segments } = exchange;
  const [root, ...path] = segments;
  if (root === 'api' && path.length === 0) {
    discover(exchange, true);
    return;
  }
  if (root === 'apis' && path.length === 0) {
    discover(exchange, false);
    return;
  }
  const [group, apiVersion, rest] =
    root === 'api'
      ? ['', path[0], path.slice(1)]
      : [path[0], path[1], path.slice(2)];
  const served = findGroupVersion(group, apiVersion);
  if (!served) throw nothingThere(url.pathname);
  if (apiVersion === undefined) sendJson(response, 200, groupOf(served));
  else if (rest.length === 0) sendJson(response, 200, resourceList(served));
  else if (REVIEW_GROUPS.includes(group)) await answerReview(exchange);
  else if (group === 'metrics.k8s.io') await answerMetrics(exchange);
  else {
    await answerStored(
      exchange,
      group === '' ? apiVersion : `${group}/${apiVersion}`,
      rest,
    );
  }
}

function answerOpenApi({ request, response, url, segments }: Exchange): void {
  const [, dialect, ...path] = segments;
  if (dialect === 'v2') {
    const { type, text } = versionTwo(request.headers.accept ?? '');
    sendText(response, 200, type, text);
  } else if (dialect === 'v3') {
    sendJson(
      response,
      200,
      path.length === 0 ? index : documentOf(path.join('/')),
    );
  } else throw nothingThere(url.pathname);
}

function decodeSegments(pathname: string): string[] {
  try {
    return pathname
      .split('/')
      .filter(segment => segment !== '')
      .map(decodeURIComponent);
  } catch {
    throw new ApiError(
      'BadRequest',
      `the path ${pathname} is not percent-encoded correctly`,
    );
  }
}

/** Answers one request. @throws ApiError, which the server turns into a Status */
export async function handleRequest(
  parts: HandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const open = OPEN[url.pathname];
  if (open) {
    open(response);
    return;
  }
  if (!parts.isAuthorized(request)) {
    throw new ApiError(
      'Unauthorized',
      'Unauthorized: send `Authorization: Bearer <token>` with the token from the file `token` in the data folder, or use its kubeconfig',
    );
  }
  const extension = parts.extensions.find(
    ({ prefix }) =>
      url.pathname === prefix || url.pathname.startsWith(`${prefix}/`),
  );
  if (extension) {
    await extension.handle(request, response, url);
    return;
  }
  const segments = decodeSegments(url.pathname);
  if (segments[0] === 'api' || segments[0] === 'apis') {
    await answerApi({ ...parts, request, response, url, segments });
  } else if (segments[0] === 'openapi') {
    answerOpenApi({ ...parts, request, response, url, segments });
  } else {
    throw nothingThere(url.pathname);
  }
}
