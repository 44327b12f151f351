import { z } from 'zod';
import type { KubeObject, Store } from '../types.ts';

const podSpecSchema = z.looseObject({
  containers: z.array(z.looseObject({ image: z.string().optional() })),
});
const replicaSetSchema = z.looseObject({
  template: z.looseObject({ spec: podSpecSchema }),
});

/** Images of all pods, and of the ReplicaSets that a rollback would bring back. */
export function imagesInUse(store: Store): string[] {
  const pods = store.list({ apiVersion: 'v1', kind: 'Pod' }).items;
  const sets = store.list({ apiVersion: 'apps/v1', kind: 'ReplicaSet' }).items;
  const ofPods = ({ spec }: KubeObject) => podSpecSchema.safeParse(spec).data;
  const ofSets = ({ spec }: KubeObject) =>
    replicaSetSchema.safeParse(spec).data?.template.spec;
  return [...pods.map(ofPods), ...sets.map(ofSets)].flatMap(
    spec => spec?.containers.flatMap(({ image }) => image ?? []) ?? [],
  );
}
