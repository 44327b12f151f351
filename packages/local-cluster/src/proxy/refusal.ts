import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { STATUS_CODES } from 'node:http';

/** An answer of the proxy itself, in place of a pod's. */
export interface Refusal {
  status: 400 | 405 | 502 | 503 | 504;
  error: string;
}

const bodyOf = ({ error }: Refusal) => `${JSON.stringify({ error })}\n`;

export function refuse(response: ServerResponse, refusal: Refusal): void {
  const body = bodyOf(refusal);
  response.writeHead(refusal.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** The same on a socket that is no longer the HTTP server's, as after `Upgrade` and `CONNECT`. */
export function refuseOnSocket(socket: Duplex, refusal: Refusal): void {
  const body = bodyOf(refusal);
  socket.end(
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(
        body,
      )}\r\n` +
      `connection: close\r\n\r\n${body}`,
  );
}
