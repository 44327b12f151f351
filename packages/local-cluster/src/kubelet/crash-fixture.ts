import { ClusterFixture, containerStatus, isReady } from './cluster-fixture.ts';

/** Test support: runs a cluster over a prepared folder as a process of its own, to be killed. Prints its pod's process. */
async function main(dataDir: string): Promise<void> {
  const cluster = await ClusterFixture.start({ dataDir });
  const pod = await cluster.untilPod('web', isReady);
  // Only what reached the file can be read by the next cluster.
  const { signal } = new AbortController();
  const query = { follow: true, previous: false, timestamps: false, signal };
  for await (const line of cluster.kubelet.read(pod, query)) if (line) break;
  process.stdout.write(`${containerStatus(pod).containerID}\n`);
}

void main(process.argv[2]);
