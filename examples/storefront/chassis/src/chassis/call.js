import { Agent, request } from 'node:http';
import { traceHeaders } from './trace.js';

/** A call that brought no good answer. `status` is that of the answer, if there was one. */
export class CallError extends Error {
  constructor(message, { to, reason, status, body, cause }) {
    super(message, { cause });
    this.name = 'CallError';
    this.to = to;
    /** `answer`, `timeout` or `connection` */
    this.reason = reason;
    this.status = status;
    this.body = body;
  }
}

/** Kubernetes tells where a Service is by variables; its DNS name is the same thing for one made later. */
export function addressOf(name, env) {
  const prefix = name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  const host = env[`${prefix}_SERVICE_HOST`];
  const port = env[`${prefix}_SERVICE_PORT`];
  return host && port ? `http://${host}:${port}` : `http://${name}`;
}

/**
 * Makes the function with which a service calls others: by name, with the trace passed on, within a time limit.
 *
 *     const product = await call('inventory', '/products/p-0001', { timeoutMs: 500 });
 *
 * Only what may be done twice is tried again, so `retries` is for GET.
 */
export function createCaller({ env, registry }) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const calls = registry.counter(
    'calls_total',
    'Calls of other services, by how they ended.',
  );
  const durations = registry.histogram(
    'call_duration_seconds',
    'Time that calls of other services took.',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  );

  const attempt = async (to, path, options) => {
    const startedMs = performance.now();
    let outcome = 'error';
    try {
      const answer = await exchange({ agent, env, to, path, ...options });
      outcome = String(answer.status);
      if (answer.status < 400) return answer.body;
      throw new CallError(
        `${to} answered ${answer.status} to ${options.method} ${path}`,
        { to, reason: 'answer', ...answer },
      );
    } catch (error) {
      if (error.reason !== 'answer') outcome = error.reason;
      throw error;
    } finally {
      calls.add({ to, outcome });
      durations.observe({ to }, (performance.now() - startedMs) / 1000);
    }
  };

  return async function call(
    to,
    path,
    { method = 'GET', body, timeoutMs = 2_000, retries = 0 } = {},
  ) {
    for (let left = retries; ; left -= 1) {
      try {
        return await attempt(to, path, { method, body, timeoutMs });
      } catch (error) {
        const temporary = error.status === undefined || error.status >= 502;
        if (left <= 0 || !temporary || error.reason === 'timeout') throw error;
      }
    }
  };
}

function exchange({ agent, env, to, path, method, body, timeoutMs }) {
  const content = body === undefined ? undefined : JSON.stringify(body);
  const url = new URL(path, addressOf(to, env));
  const failed = cause => {
    const timedOut = cause.name === 'TimeoutError';
    const why = timedOut ? `did not answer within ${timeoutMs} ms` : cause.code;
    return new CallError(`${to}: ${why ?? cause.message} (${method} ${path})`, {
      to,
      reason: timedOut ? 'timeout' : 'connection',
      cause,
    });
  };
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const fail = error =>
      reject(failed(signal.aborted ? signal.reason : error));
    const headers = {
      ...traceHeaders(),
      accept: 'application/json',
      ...(content && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(content),
      }),
    };
    const send = () => {
      const outgoing = request(url, { agent, method, headers, signal });
      outgoing.on('error', error => {
        // The other side closed an idle connection just as we took it: nothing was done there.
        if (outgoing.reusedSocket && error.code === 'ECONNRESET') send();
        else fail(error);
      });
      outgoing.on('response', response => {
        const chunks = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode, body: parsed(text) });
        });
      });
      outgoing.end(content);
    };
    send();
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
