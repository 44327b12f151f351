import { z } from 'zod';

/*
 * The parts of Kubernetes objects that are looked at. All else is dropped on arrival, so that informers of a large
 * cluster stay small and hold no environment variables. Kubernetes writes null for an empty list.
 */

const labels = z
  .record(z.string(), z.string())
  .nullish()
  .transform(value => value ?? {});

const count = z
  .number()
  .nullish()
  .transform(value => value ?? 0);

const text = z
  .string()
  .nullish()
  .transform(value => value || undefined);

function list<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform(value => value ?? []);
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const annotations = labels.transform(
  ({ [LAST_APPLIED]: _lastApplied, ...rest }) => rest,
);

const metadata = z.object({
  name: z.string(),
  namespace: z.string().default(''),
  uid: z.string(),
  resourceVersion: z.string(),
  generation: count,
  creationTimestamp: z.string(),
  deletionTimestamp: text,
  labels,
  annotations,
  ownerReferences: list(
    z.object({ kind: z.string(), name: z.string(), uid: z.string() }),
  ),
});

const conditions = list(
  z.object({
    type: z.string(),
    status: z.enum(['True', 'False', 'Unknown']),
    reason: text,
    message: text,
    lastTransitionTime: text,
    lastUpdateTime: text,
  }),
);

const template = z.object({
  metadata: z.object({ labels, annotations }).nullish(),
  spec: z.object({
    containers: list(z.object({ name: z.string(), image: text })),
  }),
});

export const deploymentSchema = z.object({
  metadata,
  spec: z.object({
    replicas: z
      .number()
      .nullish()
      .transform(value => value ?? 1),
    paused: z.boolean().nullish(),
    progressDeadlineSeconds: z.number().nullish(),
    template,
  }),
  status: z
    .object({
      observedGeneration: count,
      replicas: count,
      updatedReplicas: count,
      readyReplicas: count,
      availableReplicas: count,
      conditions,
    })
    .nullish(),
});

export const replicaSetSchema = z.object({
  metadata,
  spec: z.object({ template }),
});

const terminated = z.object({
  exitCode: z.number().nullish(),
  signal: z.number().nullish(),
  reason: text,
  message: text,
  startedAt: text,
  finishedAt: text,
});

const containerState = z
  .object({
    waiting: z.object({ reason: text, message: text }).nullish(),
    running: z.object({ startedAt: text }).nullish(),
    terminated: terminated.nullish(),
  })
  .nullish();

const containerStatuses = list(
  z.object({
    name: z.string(),
    ready: z.boolean().default(false),
    started: z.boolean().nullish(),
    restartCount: count,
    image: text,
    state: containerState,
    lastState: containerState,
  }),
);

const quantities = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .nullish()
  .transform(value => value ?? {});

const probe = z
  .unknown()
  .optional()
  .transform(value => value !== undefined && value !== null);

const containers = list(
  z.object({
    name: z.string(),
    image: text,
    resources: z.object({ requests: quantities, limits: quantities }).nullish(),
    readinessProbe: probe,
    livenessProbe: probe,
    startupProbe: probe,
  }),
);

export const podSchema = z.object({
  metadata,
  spec: z.object({
    nodeName: text,
    containers,
    readinessGates: list(z.object({ conditionType: z.string() })),
  }),
  status: z
    .object({
      phase: z.string().default('Unknown'),
      reason: text,
      message: text,
      startTime: text,
      conditions,
      containerStatuses,
      initContainerStatuses: containerStatuses,
    })
    .nullish(),
});

export type Deployment = z.infer<typeof deploymentSchema>;
export type ReplicaSet = z.infer<typeof replicaSetSchema>;
export type Pod = z.infer<typeof podSchema>;
export type ContainerStatus = z.infer<typeof containerStatuses>[number];
export type Terminated = z.infer<typeof terminated>;

/** A list answer of any kind: items are parsed one by one, so that a broken one does not hide the others. */
export const listSchema = z.object({
  metadata: z.object({
    resourceVersion: z.string().default(''),
    continue: text,
  }),
  items: list(z.unknown()),
});

/** One line of a watch. */
export const watchEventSchema = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.unknown(),
});

/** The object of a watch event of type ERROR. */
export const watchErrorSchema = z.object({
  code: z.number().optional(),
  message: z.string().optional(),
});

/** What a bookmark carries. */
export const bookmarkSchema = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
});
