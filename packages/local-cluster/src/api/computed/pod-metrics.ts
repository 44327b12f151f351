import { ApiError } from '../../api-error.ts';
import type { KubeObject, PodUsage } from '../../types.ts';
import type { ApiParts } from '../requests/context.ts';
import { textAt } from '../json-path.ts';
import type { Column } from '../kinds/index.ts';
import { nameColumn } from '../kinds/columns.ts';
import { parseLabelSelector } from '../selectors/label-selector.ts';

const container = (object: KubeObject, field: string) =>
  textAt(object, 'containers', 0, 'usage', field) ?? '';

export const podMetricsColumns: Column[] = [
  nameColumn,
  {
    name: 'CPU',
    description: 'Share of a core, in billionths.',
    cell: object => container(object, 'cpu'),
  },
  {
    name: 'Memory',
    description: 'Resident memory.',
    cell: object => container(object, 'memory'),
  },
  {
    name: 'Window',
    description: 'Time over which CPU was measured.',
    cell: object => textAt(object, 'window') ?? '',
  },
];

/** metrics.k8s.io of one pod, in the units of the metrics server: cores in nano, memory in Ki. */
function metricsOf(usages: PodUsage[], pod: KubeObject): KubeObject {
  const [{ at, windowSeconds }] = usages;
  const { name, namespace, labels, uid } = pod.metadata;
  return {
    kind: 'PodMetrics',
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: {
      name,
      namespace,
      labels,
      uid,
      creationTimestamp: at,
      resourceVersion: pod.metadata.resourceVersion,
    },
    timestamp: at,
    window: `${windowSeconds}s`,
    containers: usages.map(usage => ({
      name: usage.container,
      usage: {
        cpu: `${Math.round(usage.cpuCores * 1e9)}n`,
        memory: `${Math.round(usage.memoryBytes / 1024)}Ki`,
      },
    })),
  };
}

/** Usage of the pods that run and match. */
export function listPodMetrics(
  { store, metrics }: ApiParts,
  namespace: string | undefined,
  labelSelector: string,
): KubeObject[] {
  if (!metrics) {
    throw new ApiError('ServiceUnavailable', 'this cluster runs no kubelet');
  }
  const matches = parseLabelSelector(labelSelector);
  const byPod = new Map<string, PodUsage[]>();
  for (const usage of metrics.usage(namespace)) {
    const pod = `${usage.namespace}/${usage.pod}`;
    byPod.set(pod, [...(byPod.get(pod) ?? []), usage]);
  }
  return [...byPod.values()].flatMap(usages => {
    const pod = store.get({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: usages[0].namespace,
      name: usages[0].pod,
    });
    return pod && matches(pod.metadata.labels ?? {})
      ? [metricsOf(usages, pod)]
      : [];
  });
}
