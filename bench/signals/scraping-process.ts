import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startPrometheus } from '../../packages/local-cluster/src/prometheus/index.ts';
import { SqliteStore } from '../../packages/local-cluster/src/store/index.ts';
import { systemClock } from '../../packages/local-cluster/src/system-clock.ts';

const INTERVAL_MS = 2_000;

/** What the process has used since its start, and holds now. */
export interface Usage {
  cpuMs: number;
  atMs: number;
  residentBytes: number;
  /** Of the log of samples. */
  diskBytes: number;
}

function usage(folder: string): Usage {
  const { user, system } = process.cpuUsage();
  const diskBytes = readdirSync(folder)
    .filter(name => name.endsWith('.wal'))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return {
    cpuMs: (user + system) / 1000,
    atMs: performance.now(),
    residentBytes: process.memoryUsage.rss(),
    diskBytes,
  };
}

/** The metrics part of a local cluster alone, with pods on the ports it is told; answers each `usage`. */
async function main(dataDir: string, ports: string[]): Promise<void> {
  const store = SqliteStore.open({ dataDir, clock: systemClock });
  for (const [i, port] of ports.entries()) {
    store.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        namespace: 'default',
        name: `pod-${i}`,
        labels: { app: `app-${i % 10}` },
        annotations: {
          'local-cluster/port': port,
          'prometheus.io/scrape': 'true',
        },
      },
      spec: { nodeName: 'local', containers: [{ name: 'main' }] },
      status: { phase: 'Running' },
    });
  }
  const prometheus = await startPrometheus({
    store,
    clock: systemClock,
    dataDir,
    proxy: { requests: () => [] },
    kubelet: { containers: () => [] },
    intervalMs: INTERVAL_MS,
  });
  process.on('message', () =>
    process.send?.(usage(join(dataDir, 'prometheus'))),
  );
  process.on('disconnect', () => {
    void prometheus.stop().then(() => process.exit(0));
  });
  process.send?.('ready');
}

void main(process.argv[2], process.argv.slice(3));
