import type { Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import {
  KUBERNETES_ID,
  KUBERNETES_LABEL_SELECTOR,
  workloadQuery,
} from '@ghostlight/plugin-clusters-node';
import type { HealthFacts } from '../report/facts';

/** What the entity's annotations say about its workloads. */
export function annotated(entity: Entity): HealthFacts['annotated'] {
  const annotations = entity.metadata.annotations ?? {};
  try {
    return workloadQuery(entity)
      ? {
          kind: 'yes',
          selector:
            annotations[KUBERNETES_LABEL_SELECTOR] ||
            `${KUBERNETES_ID}: ${annotations[KUBERNETES_ID]}`,
        }
      : { kind: 'no' };
  } catch (error) {
    return {
      kind: 'wrong',
      reason: isError(error) ? error.message : String(error),
    };
  }
}
