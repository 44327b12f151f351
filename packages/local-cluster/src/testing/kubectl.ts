import { EventEmitter, once } from 'node:events';
import {
  execFile,
  spawn,
  spawnSync,
  type ChildProcess,
} from 'node:child_process';
import { join } from 'node:path';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** The oldest kubectl that reads /openapi/v3 before it applies. */
const OLDEST_MINOR = 29;

/** Why the tests with kubectl cannot run here; undefined when they can. */
export function kubectlMissing(): string | undefined {
  const { stdout, error } = spawnSync(
    'kubectl',
    ['version', '--client', '--output=json'],
    { encoding: 'utf8' },
  );
  if (error) return `kubectl >= 1.${OLDEST_MINOR} is not installed`;
  const found = /"gitVersion": "(v1\.(\d+)[^"]*)"/.exec(stdout);
  return Number(found?.[2]) >= OLDEST_MINOR
    ? undefined
    : `kubectl is ${found?.[1]}, the tests need >= 1.${OLDEST_MINOR}`;
}

/** The real kubectl, with its discovery cache inside of the cluster's own folder. */
export class Kubectl {
  readonly #base: string[];

  constructor({
    kubeconfig,
    dataDir,
  }: {
    kubeconfig: string;
    dataDir: string;
  }) {
    this.#base = [
      `--kubeconfig=${kubeconfig}`,
      `--cache-dir=${join(dataDir, 'kubectl-cache')}`,
    ];
  }

  /** Resolves whatever the exit code is. */
  run(args: string[], stdin = ''): Promise<Ran> {
    return new Promise(resolve => {
      const child = execFile(
        'kubectl',
        [...this.#base, ...args],
        { encoding: 'utf8', timeout: 60_000 },
        (_error, stdout, stderr) =>
          resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
      child.stdin?.end(stdin);
    });
  }

  /** The standard output. @throws Error when kubectl fails */
  async ok(args: string[], stdin = ''): Promise<string> {
    const ran = await this.run(args, stdin);
    if (ran.code !== 0) {
      throw new Error(`kubectl ${args.join(' ')}: ${ran.code}: ${ran.stderr}`);
    }
    return ran.stdout;
  }

  /** For what goes on until it is killed. */
  spawn(args: string[]): ChildProcess {
    return spawn('kubectl', [...this.#base, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

/** What a process has written so far, and a way to wait for more. */
export class Output {
  #text = '';
  readonly #more = new EventEmitter();

  constructor({ stdout, stderr }: ChildProcess) {
    const add = (chunk: string) => {
      this.#text += chunk;
      this.#more.emit('text');
    };
    stdout?.setEncoding('utf8').on('data', add);
    stderr?.setEncoding('utf8').on('data', add);
  }

  get text(): string {
    return this.#text;
  }

  /** Resolves when the pattern has come. @throws Error after 30 s, with what came instead */
  async until(pattern: RegExp): Promise<void> {
    const signal = AbortSignal.timeout(30_000);
    while (!pattern.test(this.#text)) {
      try {
        await once(this.#more, 'text', { signal });
      } catch (cause) {
        throw new Error(`${pattern} did not come:\n${this.#text}`, { cause });
      }
    }
  }
}
