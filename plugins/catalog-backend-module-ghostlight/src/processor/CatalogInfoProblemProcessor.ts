import { Entity } from '@backstage/catalog-model';
import {
  CatalogProcessor,
  CatalogProcessorCache,
  CatalogProcessorEmit,
  LocationSpec,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { ANNOTATION_PROBLEM } from '../provider/RepositoryEntities';

const SERVED = 'served';

/**
 * Shows on the entity's page what is wrong with its newest `catalog-info.yaml`.
 *
 * @remarks
 * An error of a processor makes the catalog keep what it served and show the error. An entity that was never served has
 * nothing to be kept, so its first pass goes without.
 */
export class CatalogInfoProblemProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'GhostlightCatalogInfoProblem';
  }

  async postProcessEntity(
    entity: Entity,
    location: LocationSpec,
    emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    const problem = entity.metadata.annotations?.[ANNOTATION_PROBLEM];
    if (problem !== undefined && (await cache.get<boolean>(SERVED))) {
      emit(processingResult.generalError(location, problem));
    }
    await cache.set(SERVED, true);
    return entity;
  }
}
