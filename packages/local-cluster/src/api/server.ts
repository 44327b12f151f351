import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../api-error.ts';
import type { HttpExtension, Running } from '../types.ts';
import { handleRequest } from './handle-request.ts';
import type { HandlerParts } from './http/exchange.ts';
import { endUnread } from './http/refuse-body.ts';
import { listen } from './http/listen.ts';
import { statusOf, toApiError } from './http/status.ts';
import type { ApiParts } from './requests/context.ts';
import { ListSnapshots } from './requests/list-snapshots.ts';
import { sendJson } from './requests/represent.ts';

export interface ApiServerOptions {
  /** 0 takes a free one */
  port: number;
  token: string;
  /** PEM */
  key: string;
  cert: string;
  /** Told of what should not happen; the client gets a 500. */
  onUnexpected: (error: unknown) => void;
}

export interface ApiServer extends Running {
  port: number;
  /** Begins to answer; until then every request is told that the cluster is starting. */
  serve(parts: ApiParts & { extensions: HttpExtension[] }): void;
}

/** Compares without telling by its time how much of the token was right. */
function hasToken(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function fail(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  onUnexpected: ApiServerOptions['onUnexpected'],
): void {
  const apiError = toApiError(error, onUnexpected);
  if (response.headersSent) {
    // Part of an answer is out: a broken connection tells the client that the rest is missing.
    response.destroy();
    return;
  }
  if (apiError.reason === 'Unauthorized') {
    response.setHeader('www-authenticate', 'Bearer realm="local-cluster"');
  }
  if (request.complete) {
    sendJson(response, apiError.code, statusOf(apiError));
    return;
  }
  // Of a body that was not read to its end, the rest must not be taken for the next request.
  const text = JSON.stringify(statusOf(apiError));
  response.writeHead(apiError.code, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    connection: 'close',
  });
  response.write(text);
  endUnread(request, response);
}

async function refuseYet(): Promise<void> {
  throw new ApiError(
    'ServiceUnavailable',
    'the local cluster is starting: ask again in a second',
  );
}

/** Takes the port of the Kubernetes API, so that a port in use is known before anything else is started. */
export async function openApiServer(
  options: ApiServerOptions,
): Promise<ApiServer> {
  const { token, onUnexpected } = options;
  let handle: (
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void> = refuseYet;
  const { port, close } = await listen({
    ...options,
    handler: (request, response) => {
      handle(request, response).catch(error =>
        fail(request, response, error, onUnexpected),
      );
    },
  });
  return {
    port,
    serve(parts) {
      const all: HandlerParts = {
        ...parts,
        snapshots: new ListSnapshots(parts.clock),
        isAuthorized: request => hasToken(request, token),
      };
      handle = (request, response) => handleRequest(all, request, response);
    },
    stop: close,
  };
}
