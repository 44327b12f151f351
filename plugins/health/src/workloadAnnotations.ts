import type { Entity } from '@backstage/catalog-model';

const annotations = [
  'backstage.io/kubernetes-id',
  'backstage.io/kubernetes-label-selector',
];

/** Whether an entity says, rightly or wrongly, which workloads are its own. */
export function namesWorkloads(entity: Entity): boolean {
  return annotations.some(name => entity.metadata.annotations?.[name]);
}
