import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toolPath } from '../kubelet/env/base-env.ts';
import type { ProcessGuard } from '../kubelet/processes/process-guard.ts';
import { ImageError } from './image-error.ts';
import { runCommand } from './run-command.ts';

const TIMEOUT_MS = 120_000;

export interface Repository {
  /** http, https or file. */
  url: string;
  /** Value of the Authorization header. Never an argument, never logged. */
  authorization?: string;
}

/** Nothing of the machine's or the person's git configuration, no questions, no programs but git's own transports. */
function gitEnv(
  home: string,
  { url, authorization }: Repository,
): Record<string, string> {
  const config: [string, string][] = [
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['http.followRedirects', 'false'],
    ['protocol.version', '2'],
    ['advice.detachedHead', 'false'],
    ['init.defaultBranch', 'main'],
    // The folder belongs to whoever made the repository, perhaps another user.
    ['safe.directory', '*'],
  ];
  if (authorization !== undefined) {
    config.push([`http.${url}.extraHeader`, `Authorization: ${authorization}`]);
  }
  return {
    PATH: toolPath(),
    HOME: home,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '/bin/false',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ALLOW_PROTOCOL: 'http:https:file',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_CONFIG_COUNT: String(config.length),
    ...Object.fromEntries(
      config.flatMap(([key, value], n) => [
        [`GIT_CONFIG_KEY_${n}`, key],
        [`GIT_CONFIG_VALUE_${n}`, value],
      ]),
    ),
  };
}

/**
 * Puts the files of exactly one commit into `into`, without a .git folder.
 * @throws ImageError
 */
export async function checkout(options: {
  repo: Repository;
  sha: string;
  into: string;
  /** For git's own files; removed afterwards. */
  scratch: string;
  guard: ProcessGuard;
  signal: AbortSignal;
  onLine(line: string): void;
}): Promise<void> {
  const { repo, sha, into, scratch, guard, signal, onLine } = options;
  const gitDir = join(scratch, 'git');
  const env = gitEnv(scratch, repo);
  const git = (doing: string, ...args: string[]) =>
    runCommand({
      argv: ['git', `--git-dir=${gitDir}`, ...args],
      cwd: into,
      env,
      guard,
      signal,
      timeoutMs: TIMEOUT_MS,
      doing,
      onLine,
    });
  await git('git init', 'init', '--quiet', '--bare');
  const fetching = `Fetching ${sha.slice(0, 12)} from ${repo.url}`;
  const from = ['--quiet', '--no-tags', '--', repo.url];
  try {
    await git(fetching, 'fetch', '--depth=1', ...from, sha);
  } catch (error) {
    if (signal.aborted) throw error;
    // A server without protocol 2 gives only what a branch points to: then all branches, and look there.
    await git(fetching, 'fetch', ...from, '+refs/heads/*:refs/heads/*');
    await git('Looking', 'cat-file', '-e', `${sha}^{commit}`).catch(cause => {
      throw new ImageError(
        `Commit ${sha} is not on any branch of ${repo.url}: push it first`,
        { cause },
      );
    });
  }
  await git(
    'Checking out',
    `--work-tree=${into}`,
    'checkout',
    '--quiet',
    '--force',
    '--detach',
    sha,
  );
  await rm(gitDir, { recursive: true, force: true });
}
