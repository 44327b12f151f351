import { Pool } from 'undici';
import type { Peer } from './peer.ts';

/** The connections to one pod, and how many requests are under way on them. */
export class PodBackend {
  readonly uid: string;
  readonly namespace: string;
  readonly podName: string;
  readonly port: number;
  /** How its requests are counted. */
  readonly peer: Peer;
  readonly pool: Pool;
  #outstanding = 0;
  #whenIdle: (() => void)[] = [];

  constructor(
    pod: { uid: string; namespace: string; name: string; port: number },
    peer: Peer,
  ) {
    this.peer = peer;
    this.uid = pod.uid;
    this.namespace = pod.namespace;
    this.podName = pod.name;
    this.port = pod.port;
    this.pool = new Pool(`http://127.0.0.1:${pod.port}`, {
      pipelining: 1,
      // Streams may be silent for as long as they like; the wait for a response is timed by the exchange.
      headersTimeout: 0,
      bodyTimeout: 0,
      // A server that does not say how long it keeps a connection may drop it soon: gunicorn does after 2 s.
      keepAliveTimeout: 1_500,
      keepAliveMaxTimeout: 30_000,
      connect: { timeout: 5_000 },
    });
  }

  get outstanding(): number {
    return this.#outstanding;
  }

  /** A request begins; each needs one `release`. */
  acquire(): void {
    this.#outstanding += 1;
  }

  release(): void {
    this.#outstanding -= 1;
    if (this.#outstanding > 0) return;
    const waiting = this.#whenIdle;
    this.#whenIdle = [];
    for (const tell of waiting) tell();
  }

  /** Resolves when no request is under way. */
  idle(): Promise<void> {
    if (this.#outstanding === 0) return Promise.resolve();
    return new Promise(resolve => this.#whenIdle.push(resolve));
  }

  /**
   * Gives up idle connections at once and the others when their requests are done. Without it a pod's `server.close()`
   * waits for the keep-alive timeout.
   */
  close(): Promise<void> {
    return this.pool.close();
  }

  destroy(): Promise<void> {
    return this.pool.destroy();
  }
}
