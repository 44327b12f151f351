import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ranges from which systems take ports for outgoing connections, so that none is lost between two restarts. */
const FIRST_PORT = 20_000;
const LAST_PORT = 31_999;
const TRIES = 200;

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** Gives each pod a port of its own, the same one again after a restart where nobody took it meanwhile. */
export class PodPorts {
  readonly #byPod = new Map<string, number>();

  async take(podUid: string, preferred?: number): Promise<number> {
    const held = this.#byPod.get(podUid) ?? preferred;
    this.#byPod.delete(podUid);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const port =
        tries === 0 && held !== undefined
          ? held
          : randomInt(FIRST_PORT, LAST_PORT + 1);
      if ([...this.#byPod.values()].includes(port)) continue;
      this.#byPod.set(podUid, port);
      if (await isFree(port)) return port;
      this.#byPod.delete(podUid);
    }
    throw new Error(
      `No free port for a pod between ${FIRST_PORT} and ${LAST_PORT} was found in ${TRIES} tries; end some programs that listen there`,
    );
  }

  release(podUid: string): void {
    this.#byPod.delete(podUid);
  }
}
