import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `Kubernetes without a cluster: the API on one port, pods as local processes.

Usage: local-cluster start --data DIR [--port N]

  --data DIR   folder that holds the state of the cluster; made when missing
  --port N     port on 127.0.0.1 for the API, TLS and plain HTTP alike (default 7010; 0 takes a free one)
  --help       this text

After the start, DIR holds kubeconfig, token and ca.crt:
  kubectl --kubeconfig DIR/kubeconfig get pods
Ctrl-C or SIGTERM ends all pods and stops.
`;

export type Arguments =
  | { command: 'start'; dataDir: string; port: number }
  | { command: 'help' }
  | { command: 'wrong'; problem: string };

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
  return { command: 'start', dataDir: resolve(values.data), port };
}
