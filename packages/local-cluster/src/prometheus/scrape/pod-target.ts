import { z } from 'zod';
import type { KubeObject } from '../../types.ts';
import type { Labels } from '../types.ts';
import { makeLabels } from '../tsdb/labels.ts';

/** How a pod asks for being scraped. */
export interface PodTargetFacts {
  scheme: 'http' | 'https';
  /** Host and port. */
  address: string;
  path: string;
  labels: Labels;
  discoveredLabels: Labels;
}

const PORT_ANNOTATION = 'local-cluster/port';
export const POD_JOB = 'kubernetes-pods';

const podShape = z.object({
  spec: z
    .object({
      nodeName: z.string().optional(),
      containers: z.array(z.object({ name: z.string() })).optional(),
    })
    .optional()
    .catch(undefined),
  status: z
    .object({ phase: z.string().optional() })
    .optional()
    .catch(undefined),
});

const sanitised = (name: string) => name.replace(/[^a-zA-Z0-9_]/g, '_');

const prefixed = (prefix: string, record: Record<string, string> = {}) =>
  Object.entries(record).map(
    ([name, value]) => [prefix + sanitised(name), value] as const,
  );

/**
 * What the usual scrape configuration makes of `prometheus.io/*` annotations; undefined for a pod that does not ask for it or
 * does not run. A pod of this cluster listens on one port, its `PORT`: whatever `prometheus.io/port` says means that one.
 */
export function podTarget(pod: KubeObject): PodTargetFacts | undefined {
  const { namespace = 'default', name, labels, annotations } = pod.metadata;
  if (annotations?.['prometheus.io/scrape'] !== 'true') return undefined;
  const { spec, status } = podShape.parse(pod);
  const port = Number(annotations[PORT_ANNOTATION]);
  if (status?.phase !== 'Running' || pod.metadata.deletionTimestamp) {
    return undefined;
  }
  if (!Number.isInteger(port) || port <= 0 || port > 65_535) return undefined;
  const scheme =
    annotations['prometheus.io/scheme']?.toLowerCase() === 'https'
      ? 'https'
      : 'http';
  const path = annotations['prometheus.io/path'] ?? '/metrics';
  const address = `127.0.0.1:${port}`;
  return {
    scheme,
    address,
    path: encodePath(path.startsWith('/') ? path : `/${path}`),
    labels: makeLabels([
      // What a pod's labels say gives way to what is known of it.
      ...new Map([
        ...prefixed('', labels),
        ['job', POD_JOB],
        ['instance', address],
        ['namespace', namespace],
        ['pod', name],
      ]),
    ]),
    discoveredLabels: makeLabels([
      ['__address__', address],
      ['__metrics_path__', path],
      ['__scheme__', scheme],
      ['__meta_kubernetes_namespace', namespace],
      ['__meta_kubernetes_pod_name', name],
      ['__meta_kubernetes_pod_uid', pod.metadata.uid],
      ['__meta_kubernetes_pod_node_name', spec?.nodeName ?? ''],
      [
        '__meta_kubernetes_pod_container_name',
        spec?.containers?.[0]?.name ?? '',
      ],
      ...prefixed('__meta_kubernetes_pod_label_', labels),
      ['job', POD_JOB],
    ]),
  };
}

/** What somebody wrote in an annotation becomes the target of a request: nothing but a path. */
function encodePath(path: string): string {
  return path.replace(/[^\x21-\x7e]/g, encodeURIComponent);
}
