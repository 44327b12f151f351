import type { IncomingMessage } from 'node:http';

// RFC 9110, 7.6.1: these concern one connection only. `expect` too: this side answers 100-continue itself.
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** Header names that `Connection: a, b` makes hop-by-hop for this message. */
function namedByConnection(
  connection: string | undefined,
): Set<string> | undefined {
  if (connection === undefined) return undefined;
  const value = connection.toLowerCase();
  if (value === 'keep-alive' || value === 'close') return undefined;
  return new Set(value.split(',').map(name => name.trim()));
}

/** Name, value, name, value ... of what goes on to the pod, with who asked (`x-forwarded-*`). */
export function requestHeaders(request: IncomingMessage): string[] {
  const { headers, rawHeaders, socket } = request;
  const named = namedByConnection(headers.connection);
  const passed: string[] = [];
  let forwardedFor = '';
  let hasProto = false;
  let hasHost = false;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i].toLowerCase();
    if (HOP_BY_HOP.has(name) || named?.has(name)) continue;
    if (name === 'x-forwarded-for') {
      forwardedFor += `${rawHeaders[i + 1]}, `;
      continue;
    }
    hasProto ||= name === 'x-forwarded-proto';
    hasHost ||= name === 'x-forwarded-host';
    passed.push(rawHeaders[i], rawHeaders[i + 1]);
  }
  passed.push(
    'x-forwarded-for',
    forwardedFor + (socket.remoteAddress ?? 'unknown'),
  );
  if (!hasProto) passed.push('x-forwarded-proto', 'http');
  if (!hasHost && headers.host) passed.push('x-forwarded-host', headers.host);
  return passed;
}

/** Name, value, name, value ... of what goes back to the caller. */
export function responseHeaders(raw: readonly (string | Buffer)[]): string[] {
  const text = raw.map(part =>
    typeof part === 'string' ? part : part.toString('latin1'),
  );
  let named: Set<string> | undefined;
  for (let i = 0; i < text.length; i += 2) {
    if (text[i].toLowerCase() === 'connection')
      named = namedByConnection(text[i + 1]);
  }
  const passed: string[] = [];
  for (let i = 0; i < text.length; i += 2) {
    const name = text[i].toLowerCase();
    if (HOP_BY_HOP.has(name) || named?.has(name)) continue;
    passed.push(text[i], text[i + 1]);
  }
  return passed;
}
