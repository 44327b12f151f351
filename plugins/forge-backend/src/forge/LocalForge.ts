import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConflictError, ForwardedError } from '@backstage/errors';
import { Git } from '../git/Git';
import { LogOptions, readCommits, readLog } from '../git/commits';
import { readDiff } from '../git/diff';
import { readFile, readTree } from '../git/files';
import { mergeBase, tryMerge, writeMergeCommit } from '../git/merge';
import { findCommit, getCommitSha, readHeads } from '../git/revisions';
import { Author, moveBranch, writeCommit } from '../git/write';
import { Forge, Location, NewCommit } from './Forge';

/** Bare repositories in one folder; each in a folder named by a random id, so no name of a person reaches a path. */
export class LocalForge implements Forge {
  readonly git: Git;
  readonly #root: string;

  static async open(path: string): Promise<LocalForge> {
    const root = resolve(path);
    const home = join(root, 'home');
    await mkdir(join(root, 'repositories'), { recursive: true });
    await mkdir(home, { recursive: true });
    const git = new Git(home);
    await requireGit(git);
    return new LocalForge(root, git);
  }

  private constructor(root: string, git: Git) {
    this.#root = root;
    this.git = git;
  }

  directory(location: Location): string {
    return join(this.#root, 'repositories', `${location}.git`);
  }

  async create(defaultBranch: string, first: NewCommit | undefined) {
    const location = randomUUID();
    const directory = this.directory(location);
    // Made aside and moved into place whole; what a crash leaves aside belongs to no repository.
    const aside = `${directory}.new`;
    await this.git.text(aside, [
      'init',
      '--quiet',
      '--bare',
      '--template=',
      `--initial-branch=${defaultBranch}`,
    ]);
    try {
      const sha =
        first &&
        (await writeCommit(this.git, aside, {
          ...first,
          branch: defaultBranch,
          parent: undefined,
        }));
      await rename(aside, directory);
      return { location, sha };
    } catch (error) {
      await rm(aside, { recursive: true, force: true });
      throw error;
    }
  }

  async remove(location: Location) {
    await rm(this.directory(location), { recursive: true, force: true });
  }

  heads(location: Location) {
    return readHeads(this.git, this.directory(location));
  }

  find(location: Location, revision: string) {
    return findCommit(this.git, this.directory(location), revision);
  }

  get(location: Location, revision: string) {
    return getCommitSha(this.git, this.directory(location), revision);
  }

  commits(location: Location, shas: string[]) {
    return readCommits(this.git, this.directory(location), shas);
  }

  log(location: Location, sha: string, options: LogOptions) {
    return readLog(this.git, this.directory(location), sha, options);
  }

  tree(location: Location, sha: string, path: string) {
    return readTree(this.git, this.directory(location), sha, path);
  }

  file(location: Location, sha: string, path: string) {
    return readFile(this.git, this.directory(location), sha, path);
  }

  diff(location: Location, from: string | undefined, to: string) {
    return readDiff(this.git, this.directory(location), from, to);
  }

  mergeBase(location: Location, a: string, b: string) {
    return mergeBase(this.git, this.directory(location), a, b);
  }

  commit(
    location: Location,
    branch: string,
    parent: string | undefined,
    commit: NewCommit,
  ) {
    return writeCommit(this.git, this.directory(location), {
      ...commit,
      branch,
      parent,
    });
  }

  createBranch(location: Location, branch: string, sha: string) {
    const directory = this.directory(location);
    return moveBranch(this.git, directory, branch, undefined, sha);
  }

  tryMerge(location: Location, target: string, source: string) {
    return tryMerge(this.git, this.directory(location), target, source);
  }

  async merge(
    location: Location,
    options: {
      branch: string;
      target: string;
      source: string;
      message: string;
      author: Author;
    },
  ) {
    const { branch, target, source } = options;
    const directory = this.directory(location);
    const trial = await this.tryMerge(location, target, source);
    if (trial.how === 'already merged') return target;
    if (trial.how === 'fast-forward') {
      await moveBranch(this.git, directory, branch, target, source);
      return source;
    }
    if (!trial.tree) {
      throw new ConflictError(
        `Both sides changed ${trial.conflicts.join(', ')}`,
      );
    }
    const sha = await writeMergeCommit(this.git, directory, {
      ...options,
      tree: trial.tree,
    });
    await moveBranch(this.git, directory, branch, target, sha);
    return sha;
  }
}

/** Merging without a work tree needs git 2.38. */
const OLDEST_GIT = [2, 38];

async function requireGit(git: Git): Promise<void> {
  const advice = `The local forge needs git ${OLDEST_GIT.join('.')} or newer`;
  const version = await git.version().catch(error => {
    throw new ForwardedError(`${advice}, and cannot run git`, error);
  });
  const [major, minor] = version.split('.').map(Number);
  const isOlder =
    major < OLDEST_GIT[0] || (major === OLDEST_GIT[0] && minor < OLDEST_GIT[1]);
  if (isOlder) throw new Error(`${advice}; this is git ${version}`);
}
