import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import type { Version } from './repositories.ts';

export type LogLine = Record<string, unknown> & { msg: string };

/** A version of a service that runs as the cluster runs it: the command of its ghostlight.yaml, the variables of its manifest. */
export class ServiceProcess {
  readonly lines: LogLine[] = [];
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #listeners: (() => void)[] = [];
  url = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#exit = once(child, 'exit');
    if (!child.stdout) throw new Error('no output');
    createInterface(child.stdout).on('line', line => {
      this.lines.push(JSON.parse(line));
      for (const listener of this.#listeners) listener();
    });
  }

  /** `variables` win over those of the manifest. */
  static async start(
    { folder, service }: Version,
    variables: Record<string, string> = {},
  ): Promise<ServiceProcess> {
    const yaml = (file: string) =>
      parse(readFileSync(join(folder, file), 'utf8'));
    const [command, ...args]: string[] = yaml('ghostlight.yaml').run.command;
    const { env }: { env: { name: string; value: string }[] } = yaml(
      'k8s/deployment.yaml',
    ).spec.template.spec.containers[0];
    const child = spawn(command === 'node' ? process.execPath : command, args, {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        ...Object.fromEntries(env.map(({ name, value }) => [name, value])),
        SHUTDOWN_DELAY_MS: '0',
        PORT: '0',
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const started = new ServiceProcess(child);
    const listening = await Promise.race([
      started.says('listening'),
      started.#exit.then(() => undefined),
    ]);
    if (!listening) throw new Error(`${service} ended before it listened`);
    started.url = `http://127.0.0.1:${listening.port}`;
    return started;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The first line with this message, once it is there. */
  says(msg: string, fits = (_: LogLine) => true): Promise<LogLine> {
    return new Promise(found => {
      const look = () => {
        const line = this.lines.find(each => each.msg === msg && fits(each));
        if (line) found(line);
      };
      this.#listeners.push(look);
      look();
    });
  }

  async get(path: string): Promise<{ status: number; text: string }> {
    const response = await fetch(this.url + path);
    return { status: response.status, text: await response.text() };
  }

  async post(path: string, body: unknown): Promise<number> {
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await response.text();
    return response.status;
  }

  /** Sum of all series of a metric whose labels contain the text. */
  async metric(name: string, labels = ''): Promise<number> {
    const { text } = await this.get('/metrics');
    return text
      .split('\n')
      .filter(line => /^\w+/.exec(line)?.[0] === name && line.includes(labels))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  /** Ends it as Kubernetes does, and answers with its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#child.kill(signal);
    await this.#exit;
    return this.#child.exitCode;
  }
}

/** How another service is found. */
export function at(name: string, { url }: { url: string }) {
  const { hostname, port } = new URL(url);
  return {
    [`${name.toUpperCase()}_SERVICE_HOST`]: hostname,
    [`${name.toUpperCase()}_SERVICE_PORT`]: port,
  };
}
