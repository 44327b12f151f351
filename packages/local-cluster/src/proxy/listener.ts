import { type Server, createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { Exchange } from './exchange.ts';
import type { Peer } from './peer.ts';
import { refuseOnSocket } from './refusal.ts';
import type { ExchangeContext, Route } from './route.ts';
import { openTunnel } from './tunnel.ts';

/** A port on which one Service answers one caller: whoever connects here is known by having been given the port. */
export class Listener {
  readonly server: Server;
  readonly #tunnels = new Set<Duplex>();

  constructor(context: ExchangeContext, route: Route, source: Peer) {
    this.server = createServer(
      // A request may take as long to send as to answer; callers keep their connections longer than any of theirs does.
      {
        requestTimeout: 0,
        keepAliveTimeout: 65_000,
        keepAlive: true,
        noDelay: true,
      },
      (request, response) =>
        new Exchange(context, route, source, request, response).start(),
    );
    this.server.on('upgrade', (request, socket, head) => {
      this.#tunnels.add(socket);
      socket.once('close', () => this.#tunnels.delete(socket));
      openTunnel(context, route, source, request, socket, head);
    });
    this.server.on('connect', (_request, socket) =>
      refuseOnSocket(socket, {
        status: 405,
        error: `CONNECT is not carried: service ${route.name} speaks HTTP`,
      }),
    );
  }

  /** Listens on the port, or on any free one for 0. Rejects with EADDRINUSE when it is taken. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.server.off('error', reject);
        const address = this.server.address();
        if (address === null || typeof address === 'string') {
          reject(new Error('the listener has no port'));
          return;
        }
        resolve(address.port);
      });
    });
  }

  /** Takes no new connections; requests under way go on. */
  close(): void {
    this.server.close();
    this.server.closeIdleConnections();
  }

  /** Ends everything. */
  destroy(): Promise<void> {
    return new Promise(resolve => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
      for (const socket of this.#tunnels) socket.destroy();
    });
  }
}
