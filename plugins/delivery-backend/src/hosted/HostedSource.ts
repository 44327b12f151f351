import { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { SourceFile } from '../manifests/parseManifests';
import { Source, SourceTree } from '../service/ports';
import { HostApi } from './HostApi';
import { HostedRepository, requireHosted } from './HostedRepository';

const MAX_FILES = 200;
const MAX_FILE_BYTES = 1024 * 1024;
const MANIFEST = /^k8s\/[^/]+\.ya?ml$/;

/** Reads repositories of GitHub and GitLab, with the portal's own `integrations`. */
export class HostedSource implements Source {
  constructor(
    private readonly options: {
      integrations: ScmIntegrations;
      reader: UrlReaderService;
      api: HostApi;
    },
  ) {}

  async head(repository: string) {
    return this.options.api.head(this.#require(repository));
  }

  async files(
    repository: string,
    sha: string,
    signal?: AbortSignal,
  ): Promise<SourceTree> {
    const tree = await this.options.reader.readTree(
      treeUrl(this.#require(repository), sha),
      {
        filter: path => path === 'catalog-info.yaml' || MANIFEST.test(path),
        signal,
      },
    );
    const files = await tree.files();
    if (files.length > MAX_FILES) {
      throw new InputError(
        `k8s/ of ${repository} has ${files.length} files; at most ${MAX_FILES} are read`,
      );
    }
    let catalogInfo: string | undefined;
    const manifests: SourceFile[] = [];
    for (const { path, content } of files) {
      const bytes = await content();
      if (bytes.length > MAX_FILE_BYTES) {
        throw new InputError(
          `${path} of ${repository} is larger than 1 MiB; manifests are small texts`,
        );
      }
      const text = bytes.toString('utf8');
      if (path === 'catalog-info.yaml') {
        catalogInfo = text;
      } else {
        manifests.push({ path, text });
      }
    }
    manifests.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { catalogInfo, manifests };
  }

  async readAccess(repository: string) {
    return this.options.api.cloneAccess(this.#require(repository));
  }

  #require(repository: string): HostedRepository {
    return requireHosted(repository, this.options.integrations);
  }
}

function treeUrl({ kind, url }: HostedRepository, sha: string): string {
  return kind === 'github' ? `${url}/tree/${sha}` : `${url}/-/tree/${sha}`;
}
