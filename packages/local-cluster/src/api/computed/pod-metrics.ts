import { ApiError } from '../../api-error.ts';
import type { KubeObject, PodUsage } from '../../types.ts';
import type { ApiParts } from '../requests/context.ts';
import { textAt } from '../json-path.ts';
import type { Column } from '../kinds/index.ts';
import { nameColumn } from '../kinds/columns.ts';
import { negotiate } from '../http/accept.ts';
import type { Exchange } from '../http/exchange.ts';
import { includeObject, sendJson } from '../requests/represent.ts';
import { tableOf } from '../tables/table.ts';
import { parseLabelSelector } from '../selectors/label-selector.ts';

const container = (object: KubeObject, field: string) =>
  textAt(object, 'containers', 0, 'usage', field) ?? '';

const podMetricsColumns: Column[] = [
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
function listPodMetrics(
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

/** metrics.k8s.io: computed when asked, so it can only be read. */
export function answerMetrics(exchange: Exchange): void {
  const { request, response, url, segments } = exchange;
  const isNamespaced = segments[3] === 'namespaces';
  const namespace = isNamespaced ? segments[4] : undefined;
  const [resource, name, ...rest] = segments.slice(isNamespaced ? 5 : 3);
  if (resource !== 'pods' || rest.length > 0 || request.method !== 'GET') {
    throw new ApiError(
      'MethodNotAllowed',
      `the local cluster does not support ${request.method} of ${resource} in metrics.k8s.io/v1beta1; pods can be read`,
    );
  }
  const items = listPodMetrics(
    exchange,
    namespace,
    url.searchParams.get('labelSelector') ?? '',
  );
  const accepted = negotiate(request.headers.accept);
  const chosen =
    name === undefined
      ? items
      : items.filter(({ metadata }) => metadata.name === name);
  if (name !== undefined && chosen.length === 0) {
    throw new ApiError(
      'NotFound',
      `podmetrics.metrics.k8s.io "${namespace}/${name}" not found: the pod does not run, or only started just now`,
      { name, group: 'metrics.k8s.io', kind: 'pods' },
    );
  }
  if (accepted.as === 'table') {
    const include = includeObject(url.searchParams);
    sendJson(
      response,
      200,
      tableOf({ columns: podMetricsColumns }, chosen, {
        include,
        now: exchange.clock.now(),
      }),
    );
    return;
  }
  sendJson(
    response,
    200,
    name === undefined
      ? {
          kind: 'PodMetricsList',
          apiVersion: 'metrics.k8s.io/v1beta1',
          metadata: {},
          items,
        }
      : chosen[0],
  );
}
