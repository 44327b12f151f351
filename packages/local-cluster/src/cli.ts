#!/usr/bin/env node
import { HELP, readArguments } from './cli/arguments.ts';
import { explain } from './cli/explain.ts';
import { startCluster, type ClusterOptions } from './cluster.ts';

function end(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

async function start(options: ClusterOptions): Promise<void> {
  const starting = startCluster(options);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    // A signal during the start ends the cluster as soon as there is one.
    starting
      .then(cluster => cluster.stop())
      .then(
        () => process.exit(0),
        error => end(`local-cluster: while stopping: ${error}`, 1),
      );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
    process.on(signal, stop);
  const { url, kubeconfig } = await starting;
  if (stopping) return;
  process.stdout.write(
    `local-cluster ready on ${url}, kubeconfig ${kubeconfig}\n`,
  );
}

const read = readArguments(process.argv.slice(2));
if (read.command === 'help') process.stdout.write(HELP);
else if (read.command === 'wrong') end(`${read.problem}\n\n${HELP}`, 2);
else {
  start(read).catch(error =>
    end(`local-cluster did not start. ${explain(error, read)}`, 1),
  );
}
