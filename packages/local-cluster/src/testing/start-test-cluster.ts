import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster, type Cluster } from '../cluster.ts';

export interface TestCluster extends Cluster {
  dataDir: string;
  /** A request with the token over plain HTTP. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** A whole cluster in this process, on a free port, in a temporary folder that `stop` removes. */
export async function startTestCluster(): Promise<TestCluster> {
  const dataDir = mkdtempSync(join(tmpdir(), 'local-cluster-'));
  const cluster = await startCluster({ dataDir, port: 0 });
  return {
    ...cluster,
    dataDir,
    fetch: (path, init = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has('authorization')) {
        headers.set('authorization', `Bearer ${cluster.token}`);
      }
      return fetch(`http://127.0.0.1:${cluster.port}${path}`, {
        ...init,
        headers,
      });
    },
    async stop() {
      await cluster.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
