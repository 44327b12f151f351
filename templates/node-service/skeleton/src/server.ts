import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { Log } from './log.ts';
import { Registry } from './metrics.ts';
import { addProcessMetrics } from './process-metrics.ts';
import { type Check, runChecks } from './readiness.ts';
import type { Answer, Handler } from './routes.ts';
import { service } from './service.ts';
import { joinTrace, traceHeaders, withTrace } from './trace.ts';

export interface App {
  server: Server;
  /** Says not ready from now on and closes connections after their next answer. */
  beginShutdown(): void;
}

export interface AppParts {
  log: Log;
  routes: Record<string, Handler>;
  checks: Record<string, Check>;
}

/** The service without a port and a process, so that tests can have several. */
export function createApp({ log, routes, checks }: AppParts): App {
  let stopping = false;
  const registry = new Registry();
  addProcessMetrics(registry);
  const requests = registry.counter('http_requests_total', 'Requests answered.');
  const durations = registry.histogram(
    'http_request_duration_seconds',
    'Time from request to answer.',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  );

  const readiness = async () =>
    stopping ? { ready: false, problems: { process: 'is shutting down' } } : runChecks(checks);

  const probes: Record<string, Handler> = {
    'GET /startup': () => ({ status: 200, body: { started: true } }),
    'GET /live': () => ({ status: 200, body: { live: true } }),
    'GET /ready': async () => {
      const body = await readiness();
      return { status: body.ready ? 200 : 503, body };
    },
    'GET /health': async () => {
      const body = {
        ...service,
        uptimeSeconds: Math.round(process.uptime()),
        ...(await readiness()),
      };
      return { status: body.ready ? 200 : 503, body };
    },
    'GET /metrics': () => ({ status: 200, body: registry.render() }),
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const startedMs = performance.now();
    const method = request.method ?? 'GET';
    const url = URL.parse(request.url ?? '/', 'http://service');
    // A route, not a path: an unknown path would make a new series for each of its spellings.
    const known = `${method === 'HEAD' ? 'GET' : method} ${url?.pathname}`;
    const probe = Object.hasOwn(probes, known) ? probes[known] : undefined;
    const route = Object.hasOwn(routes, known) ? routes[known] : undefined;

    let given: Answer = { status: 404, body: { error: `there is no ${method} ${url?.pathname}` } };
    try {
      const handler = probe ?? route;
      if (url && handler) given = await handler(request, url);
    } catch (error) {
      log.error('request failed', { method, path: url?.pathname, error });
      given = { status: 500, body: { error: 'something went wrong here; the log has the reason' } };
    }
    send(request, response, given, stopping);

    const seconds = (performance.now() - startedMs) / 1000;
    if (probe) return;
    const labels = { method, route: route ? known.slice(known.indexOf(' ') + 1) : 'unknown' };
    requests.add({ ...labels, status: String(given.status) });
    durations.observe(labels, seconds);
    log.info('request', {
      method,
      path: url?.pathname,
      status: given.status,
      durationMs: Math.round(seconds * 1e6) / 1e3,
    });
  };

  // Longer than the idle time of any load balancer in front, so that none sends into a closing connection.
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const header = (name: string) => request.headers[name]?.toString();
    const trace = joinTrace(header('traceparent'), header('tracestate'));
    void withTrace(trace, () => answer(request, response));
  });
  return {
    server,
    beginShutdown() {
      stopping = true;
    },
  };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body }: Answer,
  closing: boolean,
): void {
  const isText = typeof body === 'string';
  const content = isText ? body : JSON.stringify(body);
  response.writeHead(status, {
    ...traceHeaders(),
    'content-type': isText ? 'text/plain; version=0.0.4; charset=utf-8' : 'application/json',
    'content-length': Buffer.byteLength(content),
    ...(closing ? { connection: 'close' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}
