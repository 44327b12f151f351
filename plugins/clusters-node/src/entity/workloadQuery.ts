import type { Entity } from '@backstage/catalog-model';
import { parseLabelSelector, type Requirement } from './labelSelector';

/**
 * Label and annotation by which Backstage's own Kubernetes plugin finds objects.
 *
 * @public
 */
export const KUBERNETES_ID = 'backstage.io/kubernetes-id';

/**
 * Annotation with a label selector, instead of an id.
 *
 * @public
 */
export const KUBERNETES_LABEL_SELECTOR =
  'backstage.io/kubernetes-label-selector';
export const KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';
export const KUBERNETES_CLUSTER = 'backstage.io/kubernetes-cluster';

/**
 * Which workloads belong to an entity.
 *
 * @public
 */
export interface WorkloadQuery {
  requirements: Requirement[];
  /** Instead of the environment's own. */
  namespace?: string;
  /** Only environments on this cluster. */
  cluster?: string;
}

/**
 * What the entity's annotations say; undefined when they name no workloads. As in Backstage, a label selector
 * takes precedence over an id.
 *
 * @throws `InputError` when the selector is none
 *
 * @public
 */
export function workloadQuery(entity: Entity): WorkloadQuery | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const selector = annotations[KUBERNETES_LABEL_SELECTOR];
  const id = annotations[KUBERNETES_ID];
  let requirements: Requirement[] = [];
  if (selector) {
    requirements = parseLabelSelector(selector);
  } else if (id) {
    requirements = [{ key: KUBERNETES_ID, operator: 'in', values: [id] }];
  }
  if (requirements.length === 0) {
    return undefined;
  }
  return {
    requirements,
    namespace: annotations[KUBERNETES_NAMESPACE] || undefined,
    cluster: annotations[KUBERNETES_CLUSTER] || undefined,
  };
}
