import { execFile } from 'node:child_process';

/** Nothing of the person's own git configuration, no questions. */
const isolated = {
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

/** Runs git to its end and answers with what it printed. What it says when it fails is the error's message. */
export function git(
  args: string[],
  options: {
    cwd: string;
    input?: string;
    env?: Record<string, string>;
    signal?: AbortSignal;
  },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      args,
      {
        cwd: options.cwd,
        env: { PATH: process.env.PATH, ...isolated, ...options.env },
        signal: options.signal,
        maxBuffer: 64 * 1024 ** 2,
      },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout.trimEnd());
        else if (options.signal?.aborted) reject(options.signal.reason);
        else {
          const said = stderr.trim() || error.message;
          reject(new Error(`git ${args[0]}: ${said}`, { cause: error }));
        }
      },
    );
    child.stdin?.end(options.input);
  });
}
