import { createServer } from 'node:net';
import { Failure, systemCode } from './failure.ts';

/** Ports follow from the portal's, so that two checkouts do not meet: cluster P+3, PostgreSQL P+4. */
export interface Ports {
  portal: number;
  /** The app's own server, only with --dev. */
  app: number;
  cluster: number;
  postgres: number;
}

export function portsFor(portal: number): Ports {
  return { portal, app: portal + 1, cluster: portal + 3, postgres: portal + 4 };
}

function tryPort(port: number, host: string): Promise<string | undefined> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', error => resolve(systemCode(error) ?? 'failed'));
    server.listen({ port, host, exclusive: true }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}

/** @throws Failure when something else listens there. */
export async function requireFree(
  port: number,
  what: string,
  wishedPortal: number,
): Promise<void> {
  const problem = await tryPort(port, '127.0.0.1');
  if (!problem) return;
  throw new Failure(
    problem === 'EADDRINUSE'
      ? `Port ${port}, needed for ${what}, is taken by another program.`
      : `Port ${port}, needed for ${what}, can't be used (${problem}).`,
    `End that program (find it with: lsof -i :${port}) or choose other ports with: bin/start --port ${
      wishedPortal + 100
    }`,
  );
}
