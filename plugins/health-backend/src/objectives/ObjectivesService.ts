import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { HealthObjectives } from '@ghostlight/plugin-health-common';
import type { HealthService } from '../service/HealthService';
import type { ServiceFileSource } from '../serviceFile/ServiceFileSource';
import type { ObjectiveMeter } from './ObjectiveMeter';

/** What callers may ask about objectives: whoever may see the health of the entity. */
export class ObjectivesService {
  readonly #health: Pick<HealthService, 'requireEnvironment'>;
  readonly #files: Pick<ServiceFileSource, 'of'>;
  readonly #meter: ObjectiveMeter;
  readonly #now: () => Date;

  constructor(options: {
    health: Pick<HealthService, 'requireEnvironment'>;
    files: Pick<ServiceFileSource, 'of'>;
    meter: ObjectiveMeter;
    now: () => Date;
  }) {
    this.#health = options.health;
    this.#files = options.files;
    this.#meter = options.meter;
    this.#now = options.now;
  }

  /** @throws `NotFoundError`, `NotAllowedError` */
  async objectives(
    entityRef: string,
    environmentName: string,
    credentials: BackstageCredentials,
  ): Promise<HealthObjectives> {
    const { entity, environment } = await this.#health.requireEnvironment(
      entityRef,
      environmentName,
      credentials,
    );
    const { health: serviceFile, parsed } = await this.#files.of(entity);
    const { problem, objectives } = await this.#meter.measure(
      entity.metadata.name,
      environment,
      parsed?.file.slos ?? [],
      { history: true },
    );
    return {
      entityRef: stringifyEntityRef(entity),
      environment: environmentName,
      at: this.#now().toISOString(),
      ...(problem && { problem }),
      serviceFile,
      objectives,
    };
  }
}
