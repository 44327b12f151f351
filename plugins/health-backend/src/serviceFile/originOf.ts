import type {
  AuthService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import {
  ANNOTATION_REPOSITORY,
  REPOSITORY_NAME_PATTERN,
} from '@ghostlight/plugin-forge-common';
import { SERVICE_FILE } from '@ghostlight/plugin-health-common';
import type { FileOrigin } from './FileOrigin';
import { forgeOrigin, type ForgeFiles } from './forgeOrigin';
import { urlOrigin } from './urlOrigin';

export interface Readers {
  forge: ForgeFiles;
  auth: AuthService;
  urlReader: UrlReaderService;
}

/** Where the entity's file is by its annotations; why there is none, in words. */
export function originOf(
  entity: Entity,
  readers: Readers,
): FileOrigin | string {
  const annotations = entity.metadata.annotations ?? {};
  const repository = annotations[ANNOTATION_REPOSITORY];
  if (repository) {
    return REPOSITORY_NAME_PATTERN.test(repository)
      ? forgeOrigin(repository, readers)
      : `The annotation ${ANNOTATION_REPOSITORY} names "${repository.slice(
          0,
          60,
        )}", which cannot be the name of a repository.`;
  }
  const address = [ANNOTATION_LOCATION, ANNOTATION_SOURCE_LOCATION]
    .map(name => /^url:(.+)$/.exec(annotations[name] ?? '')?.[1])
    .find(Boolean);
  const origin = address && urlOrigin(address, readers.urlReader);
  return (
    origin ||
    `Nothing says where its ${SERVICE_FILE} is: name its repository in the annotation ${ANNOTATION_REPOSITORY}.`
  );
}
