import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface Listening {
  port: number;
  close(): Promise<void>;
}

export interface ListenOptions {
  port: number;
  /** PEM */
  key: string;
  cert: string;
  handler: (request: IncomingMessage, response: ServerResponse) => void;
}

/** The first byte of every TLS connection: a handshake record. */
const TLS_HANDSHAKE = 0x16;

/** Longer than the pools of the clients keep a connection, so that none is closed under a request. */
const KEEP_ALIVE_MS = 120_000;

const isAddressInfo = (
  address: string | AddressInfo | null,
): address is AddressInfo => typeof address === 'object' && address !== null;

/** One port on 127.0.0.1 that speaks TLS and plain HTTP, told apart by the first byte. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { port, key, cert, handler } = options;
  const http = createHttpServer({ keepAliveTimeout: KEEP_ALIVE_MS }, handler);
  const https = createHttpsServer(
    { key, cert, keepAliveTimeout: KEEP_ALIVE_MS, ALPNProtocols: ['http/1.1'] },
    handler,
  );
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that goes away takes nothing with it but its own connection.
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first: Buffer | null = socket.read(1);
      if (first === null) return;
      socket.unshift(first);
      (first[0] === TLS_HANDSHAKE ? https : http).emit('connection', socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return {
    port: isAddressInfo(address) ? address.port : port,
    async close() {
      const closed = new Promise<void>(resolve => {
        server.close(() => resolve());
      });
      for (const socket of sockets) socket.destroy();
      await closed;
      // These two never listened; closing them ends their timers.
      http.close();
      https.close();
    },
  };
}
