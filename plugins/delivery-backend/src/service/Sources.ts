import { isHosted } from '../manifests/repositoryName';
import { Source } from './ports';

/** The local forge for plain names, hosts elsewhere for `host/owner/name`. */
export class Sources implements Source {
  constructor(
    private readonly forge: Source,
    private readonly hosted: Source,
  ) {}

  head(repository: string) {
    return this.#of(repository).head(repository);
  }

  files(repository: string, sha: string, signal?: AbortSignal) {
    return this.#of(repository).files(repository, sha, signal);
  }

  readAccess(repository: string) {
    return this.#of(repository).readAccess(repository);
  }

  #of(repository: string): Source {
    return isHosted(repository) ? this.hosted : this.forge;
  }
}
