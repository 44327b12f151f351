import { ApiError } from '../../api-error.ts';
import type { KubeObject } from '../../types.ts';
import { negotiate } from '../http/accept.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Column } from '../kinds/index.ts';
import type { ApiParts } from '../requests/context.ts';
import { includeObject, sendJson } from '../requests/represent.ts';
import { tableOf } from '../tables/table.ts';
import { listNodeMetrics, nodeMetricsColumns } from './node-metrics.ts';
import { listPodMetrics, podMetricsColumns } from './pod-metrics.ts';

const API_VERSION = 'metrics.k8s.io/v1beta1';

interface MetricKind {
  kind: string;
  columns: Column[];
  list(
    parts: ApiParts,
    namespace: string | undefined,
    labelSelector: string,
  ): KubeObject[] | Promise<KubeObject[]>;
  /** Why one that was asked for is not there. */
  missing: string;
}

const KINDS: Record<string, MetricKind> = {
  pods: {
    kind: 'PodMetrics',
    columns: podMetricsColumns,
    list: listPodMetrics,
    missing: 'the pod does not run, or only started just now',
  },
  nodes: {
    kind: 'NodeMetrics',
    columns: nodeMetricsColumns,
    list: (parts, _, labelSelector) => listNodeMetrics(parts, labelSelector),
    missing: 'the one node is local',
  },
};

/** metrics.k8s.io: computed when asked, so it can only be read. */
export async function answerMetrics(exchange: Exchange): Promise<void> {
  const { request, response, url, segments } = exchange;
  const isNamespaced = segments[3] === 'namespaces';
  const namespace = isNamespaced ? segments[4] : undefined;
  const [resource, name, ...rest] = segments.slice(isNamespaced ? 5 : 3);
  const served = Object.hasOwn(KINDS, resource) ? KINDS[resource] : undefined;
  const isNode = resource === 'nodes';
  if (
    !served ||
    rest.length > 0 ||
    request.method !== 'GET' ||
    (isNode && isNamespaced)
  ) {
    throw new ApiError(
      'MethodNotAllowed',
      `the local cluster does not support ${request.method} of ${resource} in ${API_VERSION}; pods and nodes can be read`,
    );
  }
  const { kind, columns } = served;
  const labelSelector = url.searchParams.get('labelSelector') ?? '';
  const items = await served.list(exchange, namespace, labelSelector);
  const accepted = negotiate(request.headers.accept);
  const chosen =
    name === undefined
      ? items
      : items.filter(({ metadata }) => metadata.name === name);
  if (name !== undefined && chosen.length === 0) {
    throw new ApiError(
      'NotFound',
      `${kind.toLowerCase()}.metrics.k8s.io "${
        isNode ? name : `${namespace}/${name}`
      }" not found: ${served.missing}`,
      { name, group: 'metrics.k8s.io', kind: resource },
    );
  }
  if (accepted.as === 'table') {
    const include = includeObject(url.searchParams);
    const now = exchange.clock.now();
    sendJson(response, 200, tableOf({ columns }, chosen, { include, now }));
    return;
  }
  const list = {
    kind: `${kind}List`,
    apiVersion: API_VERSION,
    metadata: {},
    items,
  };
  sendJson(response, 200, name === undefined ? list : chosen[0]);
}
