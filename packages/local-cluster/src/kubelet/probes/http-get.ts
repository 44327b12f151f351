import http from 'node:http';
import https from 'node:https';
import type { Probe } from '../pod-spec.ts';
import {
  networkError,
  type ProbeCheck,
  type ProbeOutcome,
} from './probe-check.ts';

/** Any status from 200 to 399 is a success, as upstream. Certificates are not checked, as upstream. */
export function httpGetCheck(
  probe: NonNullable<Probe['httpGet']>,
  port: number,
): ProbeCheck {
  const path = probe.path.startsWith('/') ? probe.path : `/${probe.path}`;
  const url = `${probe.scheme.toLowerCase()}://127.0.0.1:${port}${path}`;
  const headers = {
    'user-agent': 'kube-probe/1.32',
    ...Object.fromEntries(
      probe.httpHeaders.map(({ name, value }) => [name, value]),
    ),
    connection: 'close',
  };
  return signal =>
    new Promise<ProbeOutcome>(resolve => {
      const failed = (message: string) =>
        resolve({ ok: false, message: `GET ${url}: ${message}` });
      try {
        const options = { agent: false as const, headers, signal };
        const request =
          probe.scheme === 'HTTPS'
            ? https.get(url, { ...options, rejectUnauthorized: false })
            : http.get(url, options);
        request.on('response', response => {
          const status = response.statusCode ?? 0;
          response.on('error', () => undefined); // The status is what was asked for.
          response.resume();
          const ok = status >= 200 && status < 400;
          resolve({ ok, message: `GET ${url}: HTTP ${status}` });
        });
        request.on('error', error =>
          failed(signal.aborted ? 'no answer in time' : networkError(error)),
        );
      } catch (error) {
        failed(networkError(error));
      }
    });
}
