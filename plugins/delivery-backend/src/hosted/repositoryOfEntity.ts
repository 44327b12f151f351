import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { ANNOTATION_REPOSITORY } from '@ghostlight/plugin-forge-common';
import { hostedRepositoryOf } from './HostedRepository';

/** The repository a component comes from: of the local forge by annotation, else the hosted one that the catalog read it from. */
export function repositoryOfEntity(
  entity: Entity,
  integrations: ScmIntegrations,
): string | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const inForge = annotations[ANNOTATION_REPOSITORY];
  if (inForge) {
    return inForge;
  }
  for (const key of [ANNOTATION_SOURCE_LOCATION, ANNOTATION_LOCATION]) {
    const hosted =
      annotations[key] && hostedRepositoryOf(annotations[key], integrations);
    if (hosted) {
      return hosted.name;
    }
  }
  return undefined;
}
