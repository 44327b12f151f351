import { NotAllowedError } from '@backstage/errors';
import type { ClustersConfig } from '../config/ClustersConfig';
import type { ImageBuild, ImageBuildersService } from '../ImageBuildersService';
import { findEnvironment } from '../service/findEnvironment';
import { buildInStore } from './buildInStore';

/** Picks the builder of an environment. */
export class ImageBuilders implements ImageBuildersService {
  readonly #config: ClustersConfig;

  constructor(config: ClustersConfig) {
    this.#config = config;
  }

  async build(
    environment: string,
    build: ImageBuild,
  ): Promise<{ image: string; cached: boolean }> {
    const { name } = findEnvironment(this.#config.environments, environment);
    const store = this.#config.imageStores.get(name);
    if (!store) {
      throw new NotAllowedError(
        `No images can be built for environment ${name}: set ghostlight.environments[].images in the configuration`,
      );
    }
    return buildInStore(store, build);
  }
}
