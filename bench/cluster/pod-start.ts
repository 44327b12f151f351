import type { ClusterUnderTest } from './cluster-under-test.ts';
import type { Workload } from './workloads.ts';

const PODS = '/api/v1/namespaces/default/pods';

interface PodEvent {
  type: string;
  object: {
    metadata: { name: string };
    status?: { conditions?: { type: string; status: string }[] };
  };
}

/** From the request that creates a pod until a watch says that it is Ready, in milliseconds. The pod is deleted again. */
export async function measurePodStart(
  cluster: ClusterUnderTest,
  { podSpec }: Workload,
  name: string,
): Promise<number> {
  const stop = new AbortController();
  const watch = await cluster.fetch(
    `${PODS}?watch=true&fieldSelector=metadata.name%3D${name}`,
    {
      signal: stop.signal,
    },
  );
  const startedMs = performance.now();
  await cluster.create(PODS, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { bench: 'pod-start' } },
    spec: podSpec,
  });
  try {
    for await (const { type, object } of eventsOf(watch)) {
      if (type === 'DELETED')
        throw new Error(`pod ${name} went away before it was ready`);
      const ready = object.status?.conditions?.some(
        c => c.type === 'Ready' && c.status === 'True',
      );
      if (ready) return performance.now() - startedMs;
    }
    throw new Error(`the watch of pod ${name} ended before it was ready`);
  } finally {
    stop.abort();
    await cluster.fetch(`${PODS}/${name}?gracePeriodSeconds=0`, {
      method: 'DELETE',
    });
  }
}

async function* eventsOf(response: Response): AsyncGenerator<PodEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line) yield JSON.parse(line);
  }
}
