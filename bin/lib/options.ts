import { resolve, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from './failure.ts';
import { root } from './paths.ts';

export interface StartOptions {
  dev: boolean;
  port: number;
  fresh: boolean;
  /** Answers the question of --fresh. */
  yes: boolean;
  examples: boolean;
  dataFolder: string;
  help: boolean;
}

export const startHelp = `bin/start: starts Ghostlight on this machine and prints its address.

  --port N        the portal's port (default 7007; the cluster takes N+3, PostgreSQL N+4)
  --dev           hot reload of the app (on port N+1) and of the backend
  --no-examples   don't create the example system, the storefront
  --fresh         forget everything first: database, repositories, cluster (asks)
  --yes           answer yes to what --fresh asks
  --data DIR      where everything is kept (default .data)

A PostgreSQL of your own is used when POSTGRES_HOST is set (and POSTGRES_PORT, POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB).
Ctrl-C stops everything that was started.`;

/** @throws Failure for an option that does not exist or has a wrong value. */
export function parseOptions(argv: string[]): StartOptions {
  let values;
  try {
    ({ values } = parseArgs({
      args: argv,
      options: {
        dev: { type: 'boolean', default: false },
        port: { type: 'string', default: '7007' },
        fresh: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        'no-examples': { type: 'boolean', default: false },
        data: { type: 'string', default: join(root, '.data') },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    throw new Failure(
      error instanceof Error ? error.message : String(error),
      'See bin/start --help.',
    );
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1024 || port > 65_000) {
    throw new Failure(
      `--port ${values.port} is not a port.`,
      'Choose a whole number from 1024 to 65000.',
    );
  }
  return {
    dev: values.dev,
    port,
    fresh: values.fresh,
    yes: values.yes,
    examples: !values['no-examples'],
    dataFolder: resolve(values.data),
    help: values.help,
  };
}
