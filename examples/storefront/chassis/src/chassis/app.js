import { createServer } from 'node:http';
import { readBody } from './body.js';
import { CallError } from './call.js';
import { HttpError, Router } from './router.js';
import { joinTrace, traceHeaders, withTrace } from './trace.js';

/** The service without a port and a process, so that tests can have several. */
export function createApp({ name, version, log, registry, routes, checks }) {
  let stopping = false;
  let inFlight = 0;
  const requests = registry.counter(
    'http_requests_total',
    'Requests answered.',
  );
  const durations = registry.histogram(
    'http_request_duration_seconds',
    'Time from request to answer.',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  );
  registry.gauge(
    'http_requests_in_flight',
    'Requests that wait for their answer.',
    () => inFlight,
  );

  const probes = new Router({
    'GET /startup': () => ({ body: { started: true } }),
    'GET /live': () => ({ body: { live: true } }),
    'GET /ready': async () => readinessAnswer(await readiness()),
    'GET /health': async () =>
      readinessAnswer({
        name,
        version,
        uptime_seconds: Math.round(process.uptime()),
        ...(await readiness()),
      }),
    'GET /metrics': () => ({
      type: 'text/plain; version=0.0.4; charset=utf-8',
      body: registry.render(),
    }),
  });
  const router = new Router(routes);

  async function readiness() {
    const problems = stopping ? { process: 'is shutting down' } : {};
    for (const [check, run] of Object.entries(checks)) {
      try {
        await run();
      } catch (error) {
        problems[check] = error.message;
      }
    }
    return { ready: Object.keys(problems).length === 0, problems };
  }

  async function answer(request, response) {
    const startedMs = performance.now();
    const { method } = request;
    const url = URL.parse(request.url, 'http://service');
    const wanted = method === 'HEAD' ? 'GET' : method;
    const path = url?.pathname ?? request.url;
    const probe = url && probes.find(wanted, path);
    const route = probe ?? (url && router.find(wanted, path));
    inFlight += probe ? 0 : 1;
    let given;
    try {
      if (!route) throw new HttpError(404, `there is no ${method} ${path}`);
      const body = method === 'POST' ? await readBody(request) : undefined;
      const query = Object.fromEntries(url.searchParams);
      given = await route.handler({ params: route.params, query, body });
    } catch (error) {
      given = failure(error, { method, path });
    }
    const { status = 200 } = given;
    send(request, response, { ...given, status }, stopping);
    if (probe) return;
    inFlight -= 1;
    const ms = performance.now() - startedMs;
    // A route, not a path: an unknown path would make a series for each of its spellings.
    const labels = { method, route: route?.path ?? 'unknown' };
    requests.add({ ...labels, status });
    durations.observe(labels, ms / 1000);
    log.info('request', {
      method,
      path,
      route: labels.route,
      status,
      duration_ms: Math.round(ms * 1000) / 1000,
    });
  }

  function failure(error, { method, path }) {
    if (error instanceof HttpError)
      return { status: error.status, body: { error: error.message } };
    if (error instanceof CallError) {
      const { to, reason } = error;
      log.warn('call failed', { method, path, to, reason, error });
      const status = reason === 'timeout' ? 504 : 502;
      return { status, body: { error: `${to} did not answer as it should` } };
    }
    log.error('request failed', { method, path, error });
    const body = { error: 'something went wrong here; the log has the reason' };
    return { status: 500, body };
  }

  // Longer than the idle time of any load balancer in front, so that none sends into a closing connection.
  const server = createServer(
    { keepAliveTimeout: 65_000 },
    (request, response) => {
      const { traceparent, tracestate } = request.headers;
      const trace = joinTrace(traceparent, tracestate);
      void withTrace(trace, () => answer(request, response));
    },
  );
  return {
    server,
    /** Says not ready from now on and closes connections after their next answer. */
    beginShutdown() {
      stopping = true;
    },
  };
}

const readinessAnswer = body => ({ status: body.ready ? 200 : 503, body });

function send(request, response, { status, type, body = '', headers }, close) {
  const isText = typeof body === 'string';
  const content = isText ? body : JSON.stringify(body);
  const usual = isText ? 'text/html; charset=utf-8' : 'application/json';
  response.writeHead(status, {
    ...traceHeaders(),
    'content-type': type ?? usual,
    'content-length': Buffer.byteLength(content),
    ...(close && { connection: 'close' }),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}
