import { z } from 'zod';
import type { KubeObject } from '../types.ts';

const probeSchema = z.looseObject({
  httpGet: z
    .looseObject({
      path: z.string().default('/'),
      scheme: z.enum(['HTTP', 'HTTPS']).default('HTTP'),
      httpHeaders: z
        .array(z.looseObject({ name: z.string(), value: z.string() }))
        .default([]),
    })
    .optional(),
  tcpSocket: z.looseObject({}).optional(),
  exec: z.looseObject({ command: z.array(z.string()) }).optional(),
  initialDelaySeconds: z.number().default(0),
  periodSeconds: z.number().default(10),
  timeoutSeconds: z.number().default(1),
  successThreshold: z.number().default(1),
  failureThreshold: z.number().default(3),
  terminationGracePeriodSeconds: z.number().optional(),
});

const keyRefSchema = z.looseObject({
  name: z.string(),
  key: z.string(),
  optional: z.boolean().default(false),
});

const envSchema = z.looseObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .looseObject({
      configMapKeyRef: keyRefSchema.optional(),
      secretKeyRef: keyRefSchema.optional(),
      fieldRef: z.looseObject({ fieldPath: z.string() }).optional(),
    })
    .optional(),
});

const sourceSchema = z.looseObject({
  name: z.string(),
  optional: z.boolean().default(false),
});

const envFromSchema = z.looseObject({
  prefix: z.string().default(''),
  configMapRef: sourceSchema.optional(),
  secretRef: sourceSchema.optional(),
});

/** A quantity may be written as a plain number. */
const quantitiesSchema = z.record(
  z.string(),
  z.union([z.string(), z.number()]),
);

const containerSchema = z.looseObject({
  name: z.string(),
  image: z.string().default(''),
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
  workingDir: z.string().optional(),
  env: z.array(envSchema).default([]),
  envFrom: z.array(envFromSchema).default([]),
  resources: z
    .looseObject({
      limits: quantitiesSchema.default({}),
      requests: quantitiesSchema.default({}),
    })
    .default({ limits: {}, requests: {} }),
  startupProbe: probeSchema.optional(),
  readinessProbe: probeSchema.optional(),
  livenessProbe: probeSchema.optional(),
});

const podSpecSchema = z.looseObject({
  containers: z.array(containerSchema),
  initContainers: z.array(z.unknown()).default([]),
  restartPolicy: z.enum(['Always', 'OnFailure', 'Never']).default('Always'),
  terminationGracePeriodSeconds: z.number().default(30),
  nodeName: z.string().optional(),
});

export type Probe = z.infer<typeof probeSchema>;
export type Container = z.infer<typeof containerSchema>;
export type PodSpec = z.infer<typeof podSpecSchema>;
export type RestartPolicy = PodSpec['restartPolicy'];

/** A pod this kubelet can run: exactly one container. */
export interface RunnablePod {
  spec: PodSpec;
  container: Container;
}

/** The API refuses other shapes; what comes here all the same is failed with these words. */
export function readPod(pod: KubeObject): RunnablePod | { problem: string } {
  const parsed = podSpecSchema.safeParse(pod.spec);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { problem: `spec.${issue.path.join('.')}: ${issue.message}` };
  }
  const spec = parsed.data;
  const [container, ...others] = spec.containers;
  if (!container) return { problem: 'spec.containers is empty' };
  if (others.length > 0 || spec.initContainers.length > 0) {
    return {
      problem:
        'the local cluster runs one container a pod, and no init containers: remove the others or use a real cluster',
    };
  }
  return { spec, container };
}
