import { Git } from './Git';
import { parsePatch, PatchedFile } from './patch';

/** What git calls the tree without files. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const MAX_FILES = 300;
const MAX_PATCH_BYTES = 2 * 1024 * 1024;

export interface GitFileDiff extends PatchedFile {
  path: string;
  oldPath?: string;
  status: 'added' | 'modified' | 'deleted' | 'renamed';
  additions: number;
  deletions: number;
}

export interface GitDiff {
  files: GitFileDiff[];
  truncated: boolean;
}

const OPTIONS = ['--no-color', '--no-ext-diff', '--no-textconv', '-M'];

const STATUS: Record<string, GitFileDiff['status']> = {
  A: 'added',
  D: 'deleted',
  R: 'renamed',
};

/** Reads `--raw --numstat -z`: first a line for each file's status, then one for each file's counts. */
function parseSummary(text: string) {
  const fields = text.split('\0');
  const files: {
    path: string;
    oldPath?: string;
    letter: string;
    additions: number;
    deletions: number;
  }[] = [];
  let at = 0;
  while (fields[at]?.startsWith(':')) {
    const letter = fields[at].split(' ')[4][0];
    const renamed = letter === 'R';
    files.push({
      letter,
      path: fields[at + (renamed ? 2 : 1)],
      ...(renamed && { oldPath: fields[at + 1] }),
      additions: 0,
      deletions: 0,
    });
    at += renamed ? 3 : 2;
  }
  for (const file of files) {
    const [additions, deletions] = (fields[at] ?? '').split('\t');
    // "-" stands for a binary file.
    file.additions = Number(additions) || 0;
    file.deletions = Number(deletions) || 0;
    at += file.letter === 'R' ? 3 : 1;
  }
  return files;
}

export async function readDiff(
  git: Git,
  directory: string,
  from: string | undefined,
  to: string,
): Promise<GitDiff> {
  const trees = ['--end-of-options', from ?? EMPTY_TREE, to, '--'];
  const [summary, patch] = await Promise.all([
    git.run(directory, [
      'diff',
      '--raw',
      '--numstat',
      '-z',
      ...OPTIONS,
      ...trees,
    ]),
    git.run(directory, ['diff', '--patch', ...OPTIONS, ...trees], {
      maxBytes: MAX_PATCH_BYTES,
    }),
  ]);
  const files = parseSummary(summary.stdout.toString());
  const sections = parsePatch(patch.stdout.toString());
  const last = sections.at(-1);
  if (patch.truncated && last) last.truncated = true;
  let next = 0;
  const diffs = files.map(({ letter, ...file }): GitFileDiff => {
    const section = sections[next];
    // A file that becomes a link or the other way round is two sections: one leaves, one comes.
    next += letter === 'T' ? 2 : 1;
    return {
      ...file,
      status: STATUS[letter] ?? 'modified',
      ...(section ?? { binary: false, hunks: [], truncated: true }),
    };
  });
  return {
    files: diffs.slice(0, MAX_FILES),
    truncated: summary.truncated || patch.truncated || diffs.length > MAX_FILES,
  };
}
