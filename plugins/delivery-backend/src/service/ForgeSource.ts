import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError, ResponseError } from '@backstage/errors';
import {
  ForgeClient,
  ForgeRequestOptions,
} from '@ghostlight/plugin-forge-common';
import { SourceFile } from '../manifests/parseManifests';
import { Source, SourceTree } from './ports';

/** Reads repositories through the HTTP API of the forge, as this plugin or on behalf of somebody. */
export class ForgeSource implements Source {
  constructor(
    private readonly forge: ForgeClient,
    private readonly auth: AuthService,
    private readonly onBehalfOf?: BackstageCredentials,
  ) {}

  async head(repository: string) {
    const found = await this.forge.getRepository(
      repository,
      await this.#token(),
    );
    if (!found) {
      throw new NotFoundError(
        `There is no repository ${repository} in the forge`,
      );
    }
    return found.head && { branch: found.defaultBranch, sha: found.head.sha };
  }

  async files(
    repository: string,
    sha: string,
    signal?: AbortSignal,
  ): Promise<SourceTree> {
    const options = { ...(await this.#token()), signal };
    const catalogInfo = await this.#file(
      repository,
      sha,
      'catalog-info.yaml',
      options,
    );
    const manifests: SourceFile[] = [];
    const entries = await this.#manifestEntries(repository, sha, options);
    for (const entry of entries) {
      if (entry.type === 'symlink' || entry.type === 'submodule') {
        throw new InputError(
          `${entry.path} is a ${entry.type}; manifests are plain files in k8s/`,
        );
      }
      if (entry.type === 'file' && /\.ya?ml$/.test(entry.name)) {
        const text = await this.#file(repository, sha, entry.path, options);
        manifests.push({ path: entry.path, text: text ?? '' });
      }
    }
    return { catalogInfo, manifests };
  }

  async readAccess(repository: string) {
    return this.forge.getReadAccess(repository, await this.#token());
  }

  async #manifestEntries(
    repository: string,
    sha: string,
    options: ForgeRequestOptions,
  ) {
    const tree = await orNothing(
      this.forge.getTree(repository, { ref: sha, path: 'k8s' }, options),
    );
    if (tree?.truncated) {
      throw new InputError(`k8s/ of ${repository} has too many files`);
    }
    return tree?.entries ?? [];
  }

  async #file(
    repository: string,
    sha: string,
    path: string,
    options: ForgeRequestOptions,
  ): Promise<string | undefined> {
    const file = await orNothing(
      this.forge.getFile(repository, { ref: sha, path }, options),
    );
    if (file && (file.binary || file.content === undefined)) {
      throw new InputError(
        `${path} of ${repository} is not a text of at most 1 MiB`,
      );
    }
    return file?.encoding === 'base64' && file.content
      ? Buffer.from(file.content, 'base64').toString('utf8')
      : file?.content;
  }

  async #token(): Promise<ForgeRequestOptions> {
    return this.auth.getPluginRequestToken({
      onBehalfOf:
        this.onBehalfOf ?? (await this.auth.getOwnServiceCredentials()),
      targetPluginId: 'forge',
    });
  }
}

async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ResponseError && error.statusCode === 404) {
      return undefined;
    }
    throw error;
  }
}
