import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a client may still send before the connection is closed on it. */
const MOST_UNREAD_BYTES = 32 * 1024 * 1024;
const LONGEST_MS = 2000;

/**
 * Ends an exchange whose request body is not wanted. Closed at once, the connection would break under the client while it
 * writes, and it would never read why; so the body is thrown away for a while.
 */
export function endUnread(
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const late = setTimeout(() => response.end(), LONGEST_MS);
  const end = () => {
    clearTimeout(late);
    response.end();
  };
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_UNREAD_BYTES) end();
  });
  request.once('end', end);
  response.once('close', () => clearTimeout(late));
}
