import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface GitResult {
  code: number;
  output: string;
}

/** A person's git, with a folder of its own and nothing of this machine's configuration. */
export class GitClient {
  readonly folder: string;

  static async create(): Promise<GitClient> {
    return new GitClient(await mkdtemp(join(tmpdir(), 'forge-client-')));
  }

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Runs git in the folder; does not throw when git fails. */
  run(...args: string[]): Promise<GitResult> {
    return new Promise((resolve, reject) => {
      execFile(
        'git',
        ['-c', 'credential.helper=', ...args],
        {
          cwd: this.folder,
          timeout: 30_000,
          env: {
            PATH: process.env.PATH,
            HOME: this.folder,
            LC_ALL: 'C',
            GIT_CONFIG_NOSYSTEM: '1',
            GIT_TERMINAL_PROMPT: '0',
            GIT_AUTHOR_NAME: 'Maya',
            GIT_AUTHOR_EMAIL: 'maya@example.com',
            GIT_COMMITTER_NAME: 'Maya',
            GIT_COMMITTER_EMAIL: 'maya@example.com',
          },
        },
        (error, stdout, stderr) => {
          if (error && typeof error.code !== 'number') reject(error);
          else
            resolve({
              code: Number(error?.code ?? 0),
              output: stdout + stderr,
            });
        },
      );
    });
  }

  /** Runs git and expects that it does what it should; its output is returned. */
  async ok(...args: string[]): Promise<string> {
    const { code, output } = await this.run(...args);
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${output}`);
    return output.trim();
  }

  async commit(files: Record<string, string | Buffer>, message = 'change') {
    for (const [path, content] of Object.entries(files)) {
      await writeFile(join(this.folder, path), content);
    }
    await this.ok('add', '--all');
    await this.ok('commit', '--quiet', '--message', message);
    return this.ok('rev-parse', 'HEAD');
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function withPassword(url: string, password: string): string {
  const parsed = new URL(url);
  parsed.username = 'someone';
  parsed.password = password;
  return parsed.href;
}
