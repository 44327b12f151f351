import { type IncomingMessage, request as httpRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { requestHeaders, responseHeaders } from './headers.ts';
import type { Peer } from './peer.ts';
import type { PodBackend } from './pod-backend.ts';
import { refuseOnSocket } from './refusal.ts';
import type { ResponseFlags } from './request-counts.ts';
import type { ExchangeContext, Route } from './route.ts';

/** A request with `Upgrade` (WebSocket): its connection is joined to one of the pod's until either ends. */
export function openTunnel(
  context: ExchangeContext,
  route: Route,
  source: Peer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const startedMs = performance.now();
  const record = (
    code: number,
    flags: ResponseFlags = '-',
    destination?: Peer,
  ) =>
    context.counts.record(
      source,
      route,
      { code, flags, destination },
      performance.now() - startedMs,
    );
  const tried = new Set<PodBackend>();
  socket.on('error', () => socket.destroy());

  const attempt = (): void => {
    const backend = route.pick(tried);
    if (!backend) {
      record(503, 'UH');
      refuseOnSocket(socket, { status: 503, error: route.whyNobody });
      return;
    }
    tried.add(backend);
    backend.acquire();
    let released = false;
    const release = () => {
      if (!released) backend.release();
      released = true;
    };
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port: backend.port,
      method: request.method,
      path: request.url,
      headers: [
        ...requestHeaders(request),
        ...['connection', 'Upgrade', 'upgrade', request.headers.upgrade ?? ''],
      ],
      agent: false,
    });
    const gaveUp = () => outgoing.destroy();
    socket.once('close', gaveUp);
    let late = false;
    const cancelTimer = context.clock.after(context.responseTimeoutMs, () => {
      late = true;
      outgoing.destroy(new Error('no answer in time'));
    });
    const settle = () => {
      cancelTimer();
      socket.off('close', gaveUp);
    };

    outgoing.on('upgrade', (response, podSocket, podHead) => {
      settle();
      socket.write(headOf(response, true));
      if (podHead.length > 0) socket.write(podHead);
      if (head.length > 0) podSocket.write(head);
      podSocket.on('error', () => podSocket.destroy());
      podSocket.pipe(socket).pipe(podSocket);
      socket.once('close', () => podSocket.destroy());
      podSocket.once('close', () => {
        socket.end();
        release();
        record(101, '-', backend.peer);
      });
    });
    outgoing.on('response', response => {
      settle();
      socket.write(headOf(response, false));
      response.pipe(socket);
      response.once('close', () => {
        release();
        record(response.statusCode ?? 502, '-', backend.peer);
      });
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      settle();
      release();
      const nobodyHeard = error.code === 'ECONNREFUSED';
      const reached = nobodyHeard ? undefined : backend.peer;
      if (socket.destroyed) {
        record(0, 'DC', reached);
        return;
      }
      if (nobodyHeard && route.backends.some(other => !tried.has(other))) {
        attempt();
        return;
      }
      const status = late ? 504 : 502;
      record(status, flagsOf(nobodyHeard, late), reached);
      refuseOnSocket(socket, {
        status,
        error: `pod ${backend.podName} behind service ${route.name} did not take the connection: ${error.message}`,
      });
    });
    outgoing.end();
  };
  attempt();
}

function flagsOf(nobodyHeard: boolean, late: boolean): ResponseFlags {
  if (late) return 'UT';
  return nobodyHeard ? 'UF' : 'UC';
}

function headOf(response: IncomingMessage, upgraded: boolean): string {
  const headers = responseHeaders(response.rawHeaders);
  if (upgraded) {
    headers.push(
      'connection',
      'Upgrade',
      'upgrade',
      response.headers.upgrade ?? '',
    );
  } else {
    headers.push('connection', 'close');
  }
  let text = `HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\n`;
  for (let i = 0; i < headers.length; i += 2) {
    text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  }
  return `${text}\r\n`;
}
