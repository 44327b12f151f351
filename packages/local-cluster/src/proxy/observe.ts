import { z } from 'zod';
import type { KubeObject } from '../types.ts';

/** What the proxy needs to know of a Service. */
export interface ServiceFacts {
  namespace: string;
  name: string;
  uid: string;
  /** Empty when the Service selects no pods: then nothing ever stands behind it. */
  selector: Record<string, string>;
  ports: { name?: string; port: number }[];
  url?: string;
}

/** What the proxy needs to know of a pod. */
export interface PodFacts {
  namespace: string;
  name: string;
  uid: string;
  labels: Record<string, string>;
  node?: string;
  /** The `PORT` the kubelet gave it, once it did. */
  port?: number;
  /** The Ready condition is True and nobody asked for its end. */
  ready: boolean;
  terminating: boolean;
  /** Succeeded or Failed: will never serve again. */
  finished: boolean;
  /** Changes when the container is started anew. */
  incarnation: string;
}

const PORT_ANNOTATION = 'local-cluster/port';
export const URL_ANNOTATION = 'local-cluster/url';

// What does not fit counts as absent: refusing it is the API's work, and one odd object must not stop the network.
const serviceShape = z.object({
  spec: z
    .object({
      selector: z.record(z.string(), z.string()).nullish(),
      ports: z
        .array(z.object({ name: z.string().optional(), port: z.number() }))
        .nullish(),
    })
    .optional()
    .catch(undefined),
});

const podShape = z.object({
  spec: z
    .object({ nodeName: z.string().optional() })
    .optional()
    .catch(undefined),
  status: z
    .object({
      phase: z.string().optional(),
      conditions: z
        .array(z.object({ type: z.string(), status: z.string() }))
        .nullish(),
      containerStatuses: z
        .array(z.object({ restartCount: z.number().optional() }))
        .nullish(),
    })
    .optional()
    .catch(undefined),
});

export function observeService(object: KubeObject): ServiceFacts {
  const { spec } = serviceShape.parse(object);
  const { namespace = 'default', name, uid, annotations } = object.metadata;
  return {
    namespace,
    name,
    uid,
    selector: spec?.selector ?? {},
    ports: spec?.ports ?? [],
    url: annotations?.[URL_ANNOTATION],
  };
}

export function observePod(object: KubeObject): PodFacts {
  const { spec, status } = podShape.parse(object);
  const {
    namespace = 'default',
    name,
    uid,
    labels,
    annotations,
  } = object.metadata;
  const port = Number(annotations?.[PORT_ANNOTATION]);
  const terminating = object.metadata.deletionTimestamp !== undefined;
  const readyCondition = status?.conditions?.find(c => c.type === 'Ready');
  const restarts = status?.containerStatuses?.[0]?.restartCount ?? 0;
  return {
    namespace,
    name,
    uid,
    labels: labels ?? {},
    node: spec?.nodeName,
    port: Number.isInteger(port) && port > 0 ? port : undefined,
    ready: readyCondition?.status === 'True' && !terminating,
    terminating,
    finished: status?.phase === 'Succeeded' || status?.phase === 'Failed',
    incarnation: `${port}#${restarts}`,
  };
}
