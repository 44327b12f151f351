import type { GitCommit, LogOptions } from '../git/commits';
import type { GitDiff } from '../git/diff';
import type { GitFile, GitTreeEntry } from '../git/files';
import type { MergeTrial } from '../git/merge';
import type { Author, FileWrite } from '../git/write';

/** Where a forge keeps a repository: a folder of the local forge, `owner/name` elsewhere. */
export type Location = string;

export interface NewCommit {
  message: string;
  author: Author;
  files: FileWrite[];
}

/**
 * Where repositories live. The rules (who may, what is announced, what a repository is called) are the service's; a
 * forge only keeps and reads content. Revisions are a branch, a tag or a sha.
 *
 * Methods throw `NotFoundError` for what is not there and `ConflictError` when a branch moved meanwhile; a write that
 * throws has changed nothing.
 */
export interface Forge {
  /** Makes an empty repository, or one with a first commit; its sha is returned. */
  create(
    defaultBranch: string,
    first: NewCommit | undefined,
  ): Promise<{ location: Location; sha: string | undefined }>;
  /** Removing what is gone already is fine. */
  remove(location: Location): Promise<void>;

  heads(location: Location): Promise<Map<string, string>>;
  find(location: Location, revision: string): Promise<string | undefined>;
  get(location: Location, revision: string): Promise<string>;
  commits(location: Location, shas: string[]): Promise<GitCommit[]>;
  log(
    location: Location,
    sha: string,
    options: LogOptions,
  ): Promise<GitCommit[]>;
  tree(
    location: Location,
    sha: string,
    path: string,
  ): Promise<{ entries: GitTreeEntry[]; truncated: boolean }>;
  file(location: Location, sha: string, path: string): Promise<GitFile>;
  /** `from` undefined: everything in `to` is new. */
  diff(
    location: Location,
    from: string | undefined,
    to: string,
  ): Promise<GitDiff>;
  mergeBase(
    location: Location,
    a: string,
    b: string,
  ): Promise<string | undefined>;

  commit(
    location: Location,
    branch: string,
    parent: string | undefined,
    commit: NewCommit,
  ): Promise<string>;
  createBranch(location: Location, branch: string, sha: string): Promise<void>;
  /** What merging the commit `source` into the commit `target` would do. */
  tryMerge(
    location: Location,
    target: string,
    source: string,
  ): Promise<MergeTrial>;
  /** Merges if `target` still is the head of `branch`; the new head is returned. */
  merge(
    location: Location,
    options: {
      branch: string;
      target: string;
      source: string;
      message: string;
      author: Author;
    },
  ): Promise<string>;
}
