import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { startTestCluster, type TestCluster } from '../../testing/index.ts';
import { wordsOf } from './transcript.ts';

const FILES = join(import.meta.dirname, 'files');

const service = (answer: string) => ({
  'ghostlight.yaml': 'run:\n  command: [node, server.js]\n',
  'server.js': `
    const { createServer } = require('node:http');
    const server = createServer((_, res) => res.end('${answer}'));
    server.listen(process.env.PORT, '127.0.0.1', () => console.log('listening'));
    process.on('SIGTERM', () => server.close(() => process.exit(0)));
  `,
});

const CRASHING = {
  'ghostlight.yaml': 'run:\n  command: [node, crash.js]\n',
  'crash.js': `console.log('no database, giving up'); process.exit(3);`,
};

const linesOf = (text: string) =>
  text === '' ? [] : text.replace(/\n$/, '').split('\n');

/** A fresh cluster, and a folder with the files of the scripts to run kubectl in. */
export class ScriptCluster {
  readonly #cluster: TestCluster;
  readonly #folder: string;
  readonly #variables: Record<string, string>;

  private constructor(cluster: TestCluster, variables: Record<string, string>) {
    this.#cluster = cluster;
    this.#variables = variables;
    this.#folder = join(cluster.dataDir, 'scripts');
    mkdirSync(this.#folder);
    cpSync(FILES, this.#folder, { recursive: true });
    for (const name of readdirSync(this.#folder)) {
      const file = join(this.#folder, name);
      writeFileSync(file, this.fill(readFileSync(file, 'utf8')));
    }
  }

  static async start(): Promise<ScriptCluster> {
    const cluster = await startTestCluster();
    return new ScriptCluster(cluster, {
      V1: await cluster.buildImage('web', service('one')),
      V2: await cluster.buildImage('web', service('two')),
      CRASH: await cluster.buildImage('crash', CRASHING),
    });
  }

  /** Puts in the images: `$V1`, `$V2` and `$CRASH`. */
  fill(text: string): string {
    return text.replace(
      /\$([A-Z]\w*)/g,
      (whole, name) => this.#variables[name] ?? whole,
    );
  }

  /** Runs `[NAME=value] kubectl ...`; the lines that a transcript would show. */
  async run(command: string): Promise<string[]> {
    const words = wordsOf(this.fill(command));
    const at = words.indexOf('kubectl');
    const env = words
      .slice(0, at)
      .map(word => [word.split('=', 1)[0], word.slice(word.indexOf('=') + 1)]);
    const { dataDir, kubeconfig } = this.#cluster;
    return new Promise(resolve => {
      const child = execFile(
        'kubectl',
        [
          `--cache-dir=${join(dataDir, 'kubectl-cache')}`,
          ...words.slice(at + 1),
        ],
        {
          cwd: this.#folder,
          timeout: 60_000,
          env: {
            ...process.env,
            KUBECONFIG: kubeconfig,
            ...Object.fromEntries(env),
          },
        },
        (_, stdout, stderr) => {
          const { exitCode } = child;
          resolve([
            ...linesOf(stdout),
            ...linesOf(stderr),
            ...(exitCode === 0 ? [] : [`[exit ${exitCode}]`]),
          ]);
        },
      );
      child.stdin?.end();
    });
  }

  stop(): Promise<void> {
    return this.#cluster.stop();
  }
}
