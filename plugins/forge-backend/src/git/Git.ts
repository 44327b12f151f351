import { ChildProcess, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { ServiceUnavailableError } from '@backstage/errors';

export interface GitRunOptions {
  input?: string | Buffer;
  env?: Record<string, string>;
  /** Output beyond this is cut off and git is ended. */
  maxBytes?: number;
  timeoutMs?: number;
  /** Exit codes that are answers, not failures; 0 always is. */
  accept?: number[];
}

export interface GitOutput {
  stdout: Buffer;
  code: number;
  truncated: boolean;
}

export class GitError extends Error {
  readonly name = 'GitError';
  readonly code: number | undefined;
  readonly stderr: string;

  constructor(command: string, code: number | undefined, stderr: string) {
    super(`git ${command} ended with ${code ?? 'a signal'}: ${stderr.trim()}`);
    this.code = code;
    this.stderr = stderr;
  }
}

const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_STDERR_BYTES = 16 * 1024;

/** Holds for every git process: hooks never run, history that others rely on stays, bad objects stay out. */
const CONFIG = {
  'core.hooksPath': '/dev/null',
  'core.quotePath': 'false',
  'core.protectHFS': 'true',
  'core.protectNTFS': 'true',
  'gc.autoDetach': 'false',
  'maintenance.autoDetach': 'false',
  'receive.fsckObjects': 'true',
  'receive.advertisePushOptions': 'false',
  'transfer.hideRefs': 'refs/ghostlight',
  'uploadpack.allowFilter': 'true',
  'uploadpack.allowReachableSHA1InWant': 'true',
  'protocol.allow': 'never',
};

/**
 * The only place that starts git. Arguments go as argv, never through a shell; callers put names that come from people
 * behind `--end-of-options` or `--`, or into standard input.
 */
export class Git {
  readonly #home: string;

  /** @param home - an empty folder: no configuration of the account that runs the backend reaches git */
  constructor(home: string) {
    this.#home = home;
  }

  async run(
    directory: string,
    args: string[],
    options: GitRunOptions = {},
  ): Promise<GitOutput> {
    const { maxBytes = DEFAULT_MAX_BYTES, timeoutMs = DEFAULT_TIMEOUT_MS } =
      options;
    const child = this.spawn([`--git-dir=${directory}`, ...args], options.env);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child);
    }, timeoutMs);
    // Git may end before it read everything, for instance when a ref is refused.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);

    const chunks: Buffer[] = [];
    let size = 0;
    let truncated = false;
    child.stdout.on('data', (chunk: Buffer) => {
      if (truncated) return;
      chunks.push(chunk.subarray(0, maxBytes - size));
      size += chunk.length;
      if (size > maxBytes) {
        truncated = true;
        endGroup(child);
      }
    });
    const stderr = collectText(child.stderr);
    try {
      const code = await new Promise<number | undefined>((resolve, reject) => {
        child.on('error', reject);
        child.on('close', exit => resolve(exit ?? undefined));
      });
      if (timedOut) {
        throw new ServiceUnavailableError(
          `git ${args[0]} took longer than ${
            timeoutMs / 1000
          } s and was ended; try again with less`,
        );
      }
      const accepted = code === 0 || options.accept?.includes(code ?? -1);
      if (!truncated && !accepted) {
        throw new GitError(args[0], code, stderr());
      }
      return { stdout: Buffer.concat(chunks), code: code ?? 0, truncated };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Output of a command that is expected to be small text. */
  async text(
    directory: string,
    args: string[],
    options?: GitRunOptions,
  ): Promise<string> {
    return (await this.run(directory, args, options)).stdout.toString().trim();
  }

  /** Such as `2.39.5`. */
  async version(): Promise<string> {
    const said = await this.text(this.#home, ['version']);
    return said.replace(/^git version (\d+(\.\d+)*).*$/, '$1');
  }

  /** A process whose streams the caller carries. End it with {@link endGroup}. */
  spawn(
    args: string[],
    env: Record<string, string> = {},
    config: Record<string, string> = {},
  ) {
    const settings = Object.entries({ ...CONFIG, ...config });
    return spawn(
      'git',
      [
        ...settings.flatMap(([key, value]) => ['-c', `${key}=${value}`]),
        ...args,
      ],
      {
        cwd: this.#home,
        stdio: ['pipe', 'pipe', 'pipe'],
        // A group of its own, so that git's children end with it.
        detached: true,
        env: {
          PATH: process.env.PATH,
          HOME: this.#home,
          XDG_CONFIG_HOME: this.#home,
          LC_ALL: 'C',
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_ATTR_NOSYSTEM: '1',
          GIT_TERMINAL_PROMPT: '0',
          GIT_OPTIONAL_LOCKS: '0',
          GIT_LITERAL_PATHSPECS: '1',
          GIT_NO_REPLACE_OBJECTS: '1',
          ...env,
        },
      },
    );
  }
}

/** Ends git and its children at once; refs and objects are only ever moved into place whole, so nothing is left torn. */
export function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (
      !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
    ) {
      throw error;
    }
  }
}

/** Starts to gather a stream; the returned function gives what came so far, at most 16 KiB. */
export function collectText(stream: Readable): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size < MAX_STDERR_BYTES) chunks.push(chunk);
    size += chunk.length;
  });
  return () => Buffer.concat(chunks).toString().slice(0, MAX_STDERR_BYTES);
}
