import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createInterface } from 'node:readline';

const CLI = resolve(__dirname, '../../../../packages/local-cluster/src/cli.ts');

/** A whole cluster in a process of its own, and a repository to deploy from. */
export class LocalCluster {
  readonly #process: ChildProcess;
  readonly #directory: string;
  readonly #url: string;

  static async start(): Promise<LocalCluster> {
    const directory = mkdtempSync(join(tmpdir(), 'gl-health-'));
    const child = spawn(
      process.execPath,
      [CLI, 'start', '--data', join(directory, 'cluster'), '--port', '0'],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH } },
    );
    for await (const line of createInterface(child.stdout)) {
      const url = /ready on (\S+?),? /.exec(`${line} `)?.[1];
      if (url) {
        return new LocalCluster(child, directory, url);
      }
    }
    throw new Error('The local cluster did not start');
  }

  private constructor(child: ChildProcess, directory: string, url: string) {
    this.#process = child;
    this.#directory = directory;
    this.#url = url;
  }

  /** Configuration of a backend that uses the cluster. */
  get config() {
    const url = new URL(this.#url);
    return {
      ghostlight: {
        environments: [
          {
            name: 'local',
            tier: 'development',
            cluster: 'local',
            images: {
              builder: 'store',
              url: `http://${url.host}/images`,
              token: this.#token,
            },
            prometheus: {
              url: `http://${url.host}/prometheus`,
              token: this.#token,
              scrapeInterval: 'PT5S',
            },
          },
        ],
      },
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [
              {
                name: 'local',
                url: `https://${url.host}`,
                authProvider: 'serviceAccount',
                serviceAccountToken: this.#token,
                caData: readFileSync(
                  join(this.#directory, 'cluster', 'ca.crt'),
                ).toString('base64'),
              },
            ],
          },
        ],
      },
    };
  }

  /** Commits exactly these files. */
  async commit(
    files: Record<string, string>,
  ): Promise<{ url: string; sha: string }> {
    const directory = join(this.#directory, 'repository');
    mkdirSync(directory, { recursive: true });
    const git = (...args: string[]) =>
      execFileSync(
        'git',
        ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args],
        {
          cwd: directory,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      ).trim();
    git('init', '--quiet', '--initial-branch=main');
    for (const [path, text] of Object.entries(files)) {
      writeFileSync(join(directory, path), text);
    }
    git('add', '--all');
    git('commit', '--quiet', '--message=Files');
    return {
      url: pathToFileURL(directory).href,
      sha: git('rev-parse', 'HEAD'),
    };
  }

  /** Asks a pod for a page. */
  async request(pod: string): Promise<void> {
    const response = await this.#fetch(
      `/api/v1/namespaces/default/pods/${pod}`,
    );
    const { metadata } = await response.json();
    const port = metadata.annotations['local-cluster/port'];
    await fetch(`http://127.0.0.1:${port}/hello`);
  }

  async scale(deployment: string, replicas: number): Promise<void> {
    await this.#fetch(
      `/apis/apps/v1/namespaces/default/deployments/${deployment}`,
      {
        method: 'PATCH',
        headers: { 'content-type': 'application/merge-patch+json' },
        body: JSON.stringify({ spec: { replicas } }),
      },
    );
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exited = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      await exited;
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }

  get #token(): string {
    return readFileSync(
      join(this.#directory, 'cluster', 'token'),
      'utf8',
    ).trim();
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const { host } = new URL(this.#url);
    const response = await fetch(`http://${host}${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${this.#token}` },
    });
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  }
}
