import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/** As much of a component as the home page shows. */
export interface Component {
  ref: string;
  name: string;
  system?: string;
  /** Whether it says where its workloads are; if not, its health cannot be known. */
  hasWorkload: boolean;
}

const workloadAnnotations = [
  'backstage.io/kubernetes-id',
  'backstage.io/kubernetes-label-selector',
];

export function toComponent(entity: Entity): Component {
  const { annotations = {}, name, title } = entity.metadata;
  const system = entity.spec?.system;
  return {
    ref: stringifyEntityRef(entity),
    name: title ?? name,
    system:
      typeof system === 'string'
        ? parseEntityRef(system, {
            defaultKind: 'system',
            defaultNamespace: 'default',
          }).name
        : undefined,
    hasWorkload: workloadAnnotations.some(key => annotations[key]),
  };
}

/** Those that run first, each group by name. */
export function byWorkloadThenName(a: Component, b: Component): number {
  return (
    Number(b.hasWorkload) - Number(a.hasWorkload) ||
    a.name.localeCompare(b.name)
  );
}
