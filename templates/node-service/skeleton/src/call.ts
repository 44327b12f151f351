import { traceHeaders } from './trace.ts';

/**
 * Asks another service, by its name in the cluster, and passes the trace on.
 *
 *     const response = await call('payments', '/charges', { method: 'POST', body });
 */
export function call(name: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const [header, value] of Object.entries(traceHeaders())) headers.set(header, value);
  return fetch(new URL(path, addressOf(name, process.env)), {
    signal: AbortSignal.timeout(10_000),
    ...init,
    headers,
  });
}

/** Kubernetes tells where a Service is by variables; its DNS name is the same thing for one made later. */
export function addressOf(name: string, env: NodeJS.ProcessEnv): string {
  const prefix = name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  const host = env[`${prefix}_SERVICE_HOST`];
  const port = env[`${prefix}_SERVICE_PORT`];
  return host && port ? `http://${host}:${port}` : `http://${name}`;
}
