import { z } from 'zod';
import type { KubeObject, OwnerReference } from '../types.ts';
import { conditionSchema } from './conditions.ts';
import { labelSelectorSchema } from './label-selector.ts';

const templateSchema = z.looseObject({
  metadata: z
    .looseObject({
      labels: z.record(z.string(), z.string()).default({}),
      annotations: z.record(z.string(), z.string()).optional(),
    })
    .default({ labels: {} }),
  spec: z.looseObject({}),
});

const countSchema = z.number().int().min(0).default(0);

const replicaSetSchema = z.looseObject({
  spec: z.looseObject({
    replicas: z.number().int().min(0).default(1),
    minReadySeconds: z.number().default(0),
    selector: labelSelectorSchema,
    template: templateSchema,
  }),
  status: z
    .looseObject({
      replicas: countSchema,
      readyReplicas: countSchema,
      availableReplicas: countSchema,
      observedGeneration: z.number().optional(),
      conditions: z.array(conditionSchema).default([]),
    })
    .prefault({}),
});

const amountSchema = z.union([
  z.number().int().min(0),
  z.string().regex(/^\d+%$/),
]);

const deploymentSchema = z.looseObject({
  spec: z.looseObject({
    replicas: z.number().int().min(0).default(1),
    minReadySeconds: z.number().default(0),
    selector: labelSelectorSchema,
    template: templateSchema,
    strategy: z
      .looseObject({
        type: z.enum(['RollingUpdate', 'Recreate']).default('RollingUpdate'),
        rollingUpdate: z
          .looseObject({
            maxSurge: amountSchema.default('25%'),
            maxUnavailable: amountSchema.default('25%'),
          })
          .nullish(),
      })
      .prefault({}),
    revisionHistoryLimit: z.number().default(10),
    progressDeadlineSeconds: z.number().default(600),
    paused: z.boolean().default(false),
  }),
  status: z
    .looseObject({
      replicas: countSchema,
      updatedReplicas: countSchema,
      readyReplicas: countSchema,
      availableReplicas: countSchema,
      unavailableReplicas: countSchema,
      observedGeneration: z.number().optional(),
      collisionCount: z.number().optional(),
      conditions: z.array(conditionSchema).default([]),
    })
    .prefault({}),
});

const podSchema = z.looseObject({
  spec: z.looseObject({ nodeName: z.string().optional() }),
  status: z
    .looseObject({
      phase: z.string().default('Pending'),
      conditions: z.array(conditionSchema.loose()).default([]),
      containerStatuses: z
        .array(z.looseObject({ restartCount: z.number().default(0) }))
        .default([]),
    })
    .prefault({}),
});

export type PodTemplate = z.infer<typeof templateSchema>;
export type ReplicaSet = z.infer<typeof replicaSetSchema> & {
  object: KubeObject;
};
export type Deployment = z.infer<typeof deploymentSchema> & {
  object: KubeObject;
};
export type Pod = z.infer<typeof podSchema> & { object: KubeObject };

export const readReplicaSet = (object: KubeObject): ReplicaSet => ({
  ...replicaSetSchema.parse(object),
  object,
});
export const readDeployment = (object: KubeObject): Deployment => ({
  ...deploymentSchema.parse(object),
  object,
});
export const readPod = (object: KubeObject): Pod => ({
  ...podSchema.parse(object),
  object,
});

export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(owner => owner.controller);
}

export function controllerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}
