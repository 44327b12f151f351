import { isError } from '@backstage/errors';
import { z } from 'zod';
import type { ClusterHttp } from '../kube/ClusterHttp';
import { parseQuantity } from '../kube/quantity';
import type { PodUsage } from '../types';

const podMetricsListSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      timestamp: z.string(),
      containers: z.array(
        z.object({ usage: z.object({ cpu: z.string(), memory: z.string() }) }),
      ),
    }),
  ),
});

/** What the pods of a namespace use; undefined when the cluster has no metrics.k8s.io. */
export async function readPodMetrics(
  http: ClusterHttp,
  namespace: string,
  labels: Record<string, string> | undefined,
): Promise<Map<string, PodUsage> | undefined> {
  const labelSelector = Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  let answer: unknown;
  try {
    answer = await http.json({
      path: `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`,
      query: { labelSelector: labelSelector || undefined },
    });
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      return undefined;
    }
    throw error;
  }
  const usage = new Map<string, PodUsage>();
  for (const item of podMetricsListSchema.parse(answer).items) {
    const sum = (name: 'cpu' | 'memory') =>
      item.containers.reduce(
        (total, container) =>
          total + (parseQuantity(container.usage[name]) ?? 0),
        0,
      );
    usage.set(item.metadata.name, {
      cpuCores: sum('cpu'),
      memoryBytes: sum('memory'),
      at: item.timestamp,
    });
  }
  return usage;
}
