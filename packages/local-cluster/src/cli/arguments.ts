import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `Kubernetes without a cluster: the API on one port, pods as local processes.

Usage: local-cluster start --data DIR [--port N] [--scrape-interval 5s]

  --data DIR   folder that holds the state of the cluster; made when missing
  --port N     port on 127.0.0.1 for the API, TLS and plain HTTP alike (default 7010; 0 takes a free one)
  --scrape-interval D
               how often metrics are taken, 1s to 5m (default 5s)
  --help       this text

After the start, DIR holds kubeconfig, token and ca.crt:
  kubectl --kubeconfig DIR/kubeconfig get pods
Ctrl-C or SIGTERM ends all pods and stops.
`;

export type Arguments =
  | {
      command: 'start';
      dataDir: string;
      port: number;
      scrapeIntervalMs: number;
    }
  | { command: 'help' }
  | { command: 'wrong'; problem: string };

const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000 };

function readInterval(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+)(ms|s|m)$/.exec(text) ?? [];
  const intervalMs = Number(number) * UNIT_MS[unit];
  return intervalMs >= 1_000 && intervalMs <= 300_000 ? intervalMs : undefined;
}

const wrong = (problem: string): Arguments => ({ command: 'wrong', problem });

/** Reads the command line. */
export function readArguments(args: string[]): Arguments {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        port: { type: 'string', default: '7010' },
        'scrape-interval': { type: 'string', default: '5s' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return { command: 'help' };
  if (positionals.length !== 1 || positionals[0] !== 'start') {
    return wrong(
      positionals.length === 0
        ? 'Name a command: start.'
        : `"${positionals.join(' ')}" is not a command: there is only start.`,
    );
  }
  if (!values.data) {
    return wrong('--data is missing: name the folder for the state.');
  }
  const port = Number(values.port);
  if (
    !Number.isInteger(port) ||
    port < 0 ||
    port > 65535 ||
    values.port === ''
  ) {
    return wrong(`--port ${values.port}: must be a number from 0 to 65535.`);
  }
  const scrapeIntervalMs = readInterval(values['scrape-interval']);
  if (scrapeIntervalMs === undefined) {
    return wrong(
      `--scrape-interval ${values['scrape-interval']}: must be a duration from 1s to 5m, such as 5s, 1500ms or 1m.`,
    );
  }
  return {
    command: 'start',
    dataDir: resolve(values.data),
    port,
    scrapeIntervalMs,
  };
}
