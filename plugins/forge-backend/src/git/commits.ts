import { Git } from './Git';

export interface GitCommit {
  sha: string;
  message: string;
  author: { name: string; email: string };
  at: string;
  parents: string[];
}

const FORMAT = '%H%x00%P%x00%an%x00%ae%x00%aI%x00%B%x00%x01';
const MAX_MESSAGE = 10_000;

function parseCommits(text: string): GitCommit[] {
  return text
    .split('\0\x01')
    .map(entry => entry.replace(/^\n/, ''))
    .filter(Boolean)
    .map(entry => {
      const [sha, parents, name, email, at, message] = entry.split('\0');
      return {
        sha,
        message: message.trim().slice(0, MAX_MESSAGE),
        author: { name, email },
        at: new Date(at).toISOString(),
        parents: parents.split(' ').filter(Boolean),
      };
    });
}

export interface LogOptions {
  path?: string;
  skip: number;
  limit: number;
}

export async function readLog(
  git: Git,
  directory: string,
  sha: string,
  options: LogOptions,
): Promise<GitCommit[]> {
  const { stdout } = await git.run(directory, [
    'log',
    `--format=${FORMAT}`,
    `--skip=${options.skip}`,
    `--max-count=${options.limit}`,
    '--end-of-options',
    sha,
    '--',
    ...(options.path ? [options.path] : []),
  ]);
  return parseCommits(stdout.toString());
}

/** The commits with these shas, in their order. */
export async function readCommits(
  git: Git,
  directory: string,
  shas: string[],
): Promise<GitCommit[]> {
  if (shas.length === 0) return [];
  const { stdout } = await git.run(
    directory,
    ['log', '--no-walk=unsorted', `--format=${FORMAT}`, '--stdin'],
    { input: `${shas.join('\n')}\n` },
  );
  return parseCommits(stdout.toString());
}
