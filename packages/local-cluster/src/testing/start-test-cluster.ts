import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startCluster, type Cluster, type ClusterOptions } from '../cluster.ts';
import { makeRepository } from '../kubelet/cluster-fixture.ts';

const imageSchema = z.object({ type: z.literal('result'), image: z.string() });

export interface TestCluster extends Cluster {
  dataDir: string;
  /** A request with the token over plain HTTP. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Builds an image of a repository with these files, as a delivery does. Returns its reference, name:tag. */
  buildImage(name: string, files: Record<string, string>): Promise<string>;
}

/** A whole cluster in this process, on a free port, in a temporary folder that `stop` removes. */
export async function startTestCluster(
  options: Pick<ClusterOptions, 'scrapeIntervalMs'> = {},
): Promise<TestCluster> {
  const dataDir = mkdtempSync(join(tmpdir(), 'local-cluster-'));
  const cluster = await startCluster({ ...options, dataDir, port: 0 });
  const request: TestCluster['fetch'] = (path, init = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has('authorization')) {
      headers.set('authorization', `Bearer ${cluster.token}`);
    }
    return fetch(`http://127.0.0.1:${cluster.port}${path}`, {
      ...init,
      headers,
    });
  };
  return {
    ...cluster,
    dataDir,
    fetch: request,
    async buildImage(name, files) {
      const { url, sha } = await makeRepository(
        join(dataDir, 'repositories', name),
        files,
      );
      const response = await request('/images', {
        method: 'POST',
        body: JSON.stringify({ name, repo: { url }, sha }),
      });
      const log = await response.text();
      const result = imageSchema.safeParse(
        JSON.parse(log.trim().split('\n').at(-1) ?? ''),
      );
      if (!result.success) throw new Error(`the image was not built: ${log}`);
      return result.data.image;
    },
    async stop() {
      await cluster.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
