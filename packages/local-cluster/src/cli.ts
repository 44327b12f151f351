#!/usr/bin/env node
import { HELP, readArguments } from './cli/arguments.ts';
import { explain } from './cli/explain.ts';
import { startCluster, type Cluster, type ClusterOptions } from './cluster.ts';

function end(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

async function start(options: ClusterOptions): Promise<void> {
  // A signal during the start ends the cluster as soon as it has one.
  let stopping = false;
  let cluster: Cluster | undefined;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    cluster?.stop().then(
      () => process.exit(0),
      error => end(`local-cluster: while stopping: ${error}`, 1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', stop);
  cluster = await startCluster(options);
  if (stopping) {
    await cluster.stop();
    process.exit(0);
  }
  process.stdout.write(
    `local-cluster ready on ${cluster.url}, kubeconfig ${cluster.kubeconfig}\n`,
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
