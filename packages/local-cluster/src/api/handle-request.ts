import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../api-error.ts';
import type { HttpExtension } from '../types.ts';
import { reviewAccess } from './access-review.ts';
import {
  aggregated,
  coreVersions,
  findGroupVersion,
  groupList,
  groupOf,
  groupVersions,
  resourceList,
} from './discovery.ts';
import { negotiate } from './http/accept.ts';
import { parseBody } from './http/body.ts';
import { findResource } from './kinds/find-kind.ts';
import { documentOf, index } from './openapi.ts';
import { listPodMetrics, podMetricsColumns } from './pod-metrics.ts';
import type { ApiParts } from './requests/context.ts';
import { dispatch } from './requests/dispatch.ts';
import {
  includeObject,
  send,
  sendJson,
  sendText,
} from './requests/represent.ts';
import { tableOf } from './tables/table.ts';
import { version } from './version.ts';

export interface HandlerParts extends ApiParts {
  extensions: HttpExtension[];
  isAuthorized(request: IncomingMessage): boolean;
}

interface Exchange extends HandlerParts {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  segments: string[];
}

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

/** The media type by which clients ask for aggregated discovery, with its version. */
const AGGREGATED =
  /g=apidiscovery\.k8s\.io;v=(v2|v2beta1);as=APIGroupDiscoveryList/;

function discover(
  { request, response }: Exchange,
  isCore: boolean,
  legacy: unknown,
): void {
  const asked = AGGREGATED.exec(request.headers.accept ?? '');
  if (!asked) {
    sendJson(response, 200, legacy);
    return;
  }
  const [parameters, apiVersion] = asked;
  sendText(
    response,
    200,
    `application/json;${parameters}`,
    JSON.stringify(aggregated(isCore, apiVersion)),
  );
}

async function answerReview({ request, response, segments }: Exchange) {
  if (segments[3] !== 'selfsubjectaccessreviews' || request.method !== 'POST') {
    throw new ApiError(
      'MethodNotAllowed',
      `the local cluster does not support ${request.method} of ${segments[3]} in authorization.k8s.io/v1; only selfsubjectaccessreviews can be created`,
    );
  }
  sendJson(response, 201, reviewAccess(await parseBody(request)));
}

/** metrics.k8s.io: computed when asked, so it can only be read. */
function answerMetrics(exchange: Exchange): void {
  const { request, response, url, segments } = exchange;
  const isNamespaced = segments[3] === 'namespaces';
  const namespace = isNamespaced ? segments[4] : undefined;
  const [resource, name, ...rest] = segments.slice(isNamespaced ? 5 : 3);
  if (resource !== 'pods' || rest.length > 0 || request.method !== 'GET') {
    throw new ApiError(
      'MethodNotAllowed',
      `the local cluster does not support ${request.method} of ${resource} in metrics.k8s.io/v1beta1; pods can be read`,
    );
  }
  const items = listPodMetrics(
    exchange,
    namespace,
    url.searchParams.get('labelSelector') ?? '',
  );
  const accepted = negotiate(request.headers.accept);
  const chosen =
    name === undefined
      ? items
      : items.filter(({ metadata }) => metadata.name === name);
  if (name !== undefined && chosen.length === 0) {
    throw new ApiError(
      'NotFound',
      `podmetrics.metrics.k8s.io "${namespace}/${name}" not found: the pod does not run, or only started just now`,
      { name, group: 'metrics.k8s.io', kind: 'pods' },
    );
  }
  if (accepted.as === 'table') {
    const include = includeObject(url.searchParams);
    sendJson(
      response,
      200,
      tableOf({ columns: podMetricsColumns }, chosen, {
        include,
        now: exchange.clock.now(),
      }),
    );
    return;
  }
  sendJson(
    response,
    200,
    name === undefined
      ? {
          kind: 'PodMetricsList',
          apiVersion: 'metrics.k8s.io/v1beta1',
          metadata: {},
          items,
        }
      : chosen[0],
  );
}

async function answerStored(
  exchange: Exchange,
  apiVersion: string,
  rest: string[],
): Promise<void> {
  const { request, response, url, store, clock, logs, metrics } = exchange;
  const warnings = new Set<string>();
  const context = {
    ...findResource(apiVersion, rest),
    store,
    clock,
    logs,
    metrics,
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

/** RFC 7234 `Warning`, as clients of Kubernetes print it. */
const warningHeader = (message: string) =>
  `299 - "${message.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&')}"`;

async function answerApi(exchange: Exchange): Promise<void> {
  const { response, url, segments } = exchange;
  const [root, ...path] = segments;
  if (root === 'api' && path.length === 0) {
    discover(exchange, true, coreVersions);
    return;
  }
  if (root === 'apis' && path.length === 0) {
    discover(exchange, false, groupList);
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
  else if (group === 'authorization.k8s.io') await answerReview(exchange);
  else if (group === 'metrics.k8s.io') answerMetrics(exchange);
  else {
    await answerStored(
      exchange,
      group === '' ? apiVersion : `${group}/${apiVersion}`,
      rest,
    );
  }
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
  } else if (segments[0] === 'openapi' && segments[1] === 'v3') {
    const path = segments.slice(2).join('/');
    sendJson(response, 200, path === '' ? index : documentOf(path));
  } else {
    throw nothingThere(url.pathname);
  }
}
