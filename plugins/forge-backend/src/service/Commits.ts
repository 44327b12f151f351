import type { GitCommit } from '../git/commits';
import { Output } from '../operations';
import { People } from './People';

/** Commits as the API shows them: authors known to the catalog carry their entity ref. */
export class Commits {
  readonly #people: People;

  constructor(people: People) {
    this.#people = people;
  }

  async present(commits: GitCommit[]): Promise<Output<'getCommit'>[]> {
    const refs = await this.#people.refsByEmail(
      commits.map(commit => commit.author.email),
    );
    return commits.map(({ sha, message, author, at, parents }) => {
      const ref = refs.get(author.email);
      return {
        sha,
        message,
        author: { ...author, ...(ref && { ref }) },
        at,
        parents,
      };
    });
  }
}
