import { Git } from './Git';
import { Author } from './write';

export interface MergeTrial {
  how: 'fast-forward' | 'merge commit' | 'conflict' | 'already merged';
  conflicts: string[];
  /** Merged tree; of a `merge commit` only. */
  tree?: string;
}

export async function mergeBase(
  git: Git,
  directory: string,
  a: string,
  b: string,
): Promise<string | undefined> {
  const base = await git.text(
    directory,
    ['merge-base', '--end-of-options', a, b],
    { accept: [1] },
  );
  return base || undefined;
}

/** What merging `source` into `target` gives, without changing a branch. */
export async function tryMerge(
  git: Git,
  directory: string,
  target: string,
  source: string,
): Promise<MergeTrial> {
  const base = await mergeBase(git, directory, target, source);
  if (base === source) return { how: 'already merged', conflicts: [] };
  if (base === target) return { how: 'fast-forward', conflicts: [] };
  const { stdout, code } = await git.run(
    directory,
    [
      'merge-tree',
      '--write-tree',
      '--name-only',
      '--no-messages',
      '--allow-unrelated-histories',
      '-z',
      target,
      source,
    ],
    { accept: [1] },
  );
  const [tree, ...conflicts] = stdout.toString().split('\0').filter(Boolean);
  return code === 0
    ? { how: 'merge commit', conflicts: [], tree }
    : { how: 'conflict', conflicts: [...new Set(conflicts)] };
}

export async function writeMergeCommit(
  git: Git,
  directory: string,
  options: {
    tree: string;
    target: string;
    source: string;
    message: string;
    author: Author;
  },
): Promise<string> {
  const { name, email, at } = options.author;
  const date = `${Math.floor(at.getTime() / 1000)} +0000`;
  return git.text(
    directory,
    [
      'commit-tree',
      '-p',
      options.target,
      '-p',
      options.source,
      '-F',
      '-',
      options.tree,
    ],
    {
      input: options.message,
      env: {
        GIT_AUTHOR_NAME: name,
        GIT_AUTHOR_EMAIL: email,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_NAME: name,
        GIT_COMMITTER_EMAIL: email,
        GIT_COMMITTER_DATE: date,
      },
    },
  );
}
