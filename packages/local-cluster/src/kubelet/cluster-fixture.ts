import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startControllers } from '../controllers/index.ts';
import { startImages } from '../images/index.ts';
import { SqliteStore } from '../store/index.ts';
import { systemClock } from '../system-clock.ts';
import type { KubeObject, ObjectKey, PodIdentity, Scope } from '../types.ts';
import { startKubelet } from './kubelet.ts';
import type { KubeletOptions } from './parts.ts';

export const POD = { apiVersion: 'v1', kind: 'Pod' };

export interface FixtureOptions extends Partial<KubeletOptions> {
  dataDir?: string;
  onDrain?: () => void;
}

/** Test support: a store, an image store, controllers and a kubelet over a temporary folder, and a network that only notes its calls. */
export class ClusterFixture {
  readonly dataDir: string;
  readonly network: string[] = [];
  readonly store: SqliteStore;
  readonly images: Awaited<ReturnType<typeof startImages>>;
  kubelet: Awaited<ReturnType<typeof startKubelet>>;
  readonly #controllers: Awaited<ReturnType<typeof startControllers>>;
  readonly #options: FixtureOptions;

  static async start(options: FixtureOptions = {}): Promise<ClusterFixture> {
    const dataDir =
      options.dataDir ?? mkdtempSync(join(tmpdir(), 'local-cluster-'));
    const store = SqliteStore.open({ dataDir, clock: systemClock });
    const images = await startImages({ dataDir });
    const controllers = await startControllers({ store, clock: systemClock });
    const network: string[] = [];
    const kubelet = await startOn({ dataDir, store, images, network, options });
    return new ClusterFixture(
      { dataDir, store, images, network, options },
      controllers,
      kubelet,
    );
  }

  private constructor(
    parts: Parameters<typeof startOn>[0],
    controllers: Awaited<ReturnType<typeof startControllers>>,
    kubelet: Awaited<ReturnType<typeof startKubelet>>,
  ) {
    this.dataDir = parts.dataDir;
    this.store = parts.store;
    this.images = parts.images;
    this.network = parts.network;
    this.#options = parts.options;
    this.#controllers = controllers;
    this.kubelet = kubelet;
  }

  async restartKubelet(): Promise<void> {
    await this.kubelet.stop();
    const { dataDir, store, images, network } = this;
    const options = this.#options;
    this.kubelet = await startOn({ dataDir, store, images, network, options });
  }

  /** As `stop`, but what is in the folder stays. */
  async close(): Promise<void> {
    await this.#controllers.stop();
    await this.kubelet.stop();
    await this.images.stop();
    this.store.close();
  }

  async stop(): Promise<void> {
    await this.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Resolves with the first thing `look` finds; looks again after every change of the scope. */
  until<T>(scope: Scope, look: () => T | undefined | false): Promise<T> {
    return new Promise((resolve, reject) => {
      let unwatch: () => void = () => undefined;
      const tooLong = setTimeout(() => {
        unwatch();
        const { items } = this.store.list(scope);
        reject(
          new Error(
            `Not within 20 s; there is ${JSON.stringify(items, null, 1)}`,
          ),
        );
      }, 20_000);
      const check = () => {
        const found = look();
        if (found === undefined || found === false) return;
        clearTimeout(tooLong);
        unwatch();
        resolve(found);
      };
      unwatch = this.store.watch(scope, check);
      check();
    });
  }

  pod(name: string): KubeObject | undefined {
    return this.store.get({ ...POD, namespace: 'default', name });
  }

  untilPod(
    name: string,
    holds: (pod: KubeObject) => unknown,
  ): Promise<KubeObject> {
    return this.until(POD, () => {
      const pod = this.pod(name);
      return pod && holds(pod) ? pod : undefined;
    });
  }

  events(about: string): string[] {
    return this.store
      .list({ apiVersion: 'v1', kind: 'Event' })
      .items.filter(event => Object(event.involvedObject).name === about)
      .map(event => `${event.reason}: ${event.message}`);
  }

  untilEvent(about: string, text: RegExp): Promise<string> {
    return this.until({ apiVersion: 'v1', kind: 'Event' }, () =>
      this.events(about).find(event => text.test(event)),
    );
  }

  createPod(
    name: string,
    image: string,
    container: object = {},
    spec: object = {},
  ): KubeObject {
    return this.store.create({
      ...POD,
      metadata: { name, namespace: 'default', labels: { app: name } },
      spec: { containers: [{ name: 'main', image, ...container }], ...spec },
    });
  }

  /** Makes a repository with these files and an image of its one commit. */
  async image(name: string, files: Record<string, string>): Promise<string> {
    const { url, sha } = await makeRepository(
      join(this.dataDir, 'repositories', name),
      files,
    );
    const lines = await postImage(this.images, { name, repo: { url }, sha });
    const last = lines.at(-1);
    if (last?.type !== 'result') throw new Error(JSON.stringify(lines));
    return String(last.image);
  }

  async logs(
    pod: string,
    query: { previous?: boolean; tailLines?: number } = {},
  ): Promise<string[]> {
    const lines: string[] = [];
    const object = this.pod(pod);
    if (!object) throw new Error(`no pod ${pod}`);
    for await (const line of this.kubelet.read(object, {
      follow: false,
      previous: false,
      timestamps: false,
      signal: new AbortController().signal,
      ...query,
    })) {
      lines.push(line);
    }
    return lines;
  }
}

/** As `until`, for what is not in the store. */
export async function eventually<T>(
  look: () => T | undefined | false,
): Promise<T> {
  const giveUp = Date.now() + 20_000;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > giveUp) throw new Error(`Not within 20 s: ${look}`);
    await new Promise(resolve => {
      setTimeout(resolve, 10);
    });
  }
}

/** A server that answers 200 to everything and ends on SIGTERM. */
export const TINY_SERVER = {
  'ghostlight.yaml': 'run:\n  command: [node, server.js]\n',
  'server.js': `
    const server = require('node:http').createServer((_, res) => res.end('ok'));
    server.listen(process.env.PORT, '127.0.0.1', () => console.log('listening'));
    process.on('SIGTERM', () => { console.log('ending'); process.exit(0); });
  `,
};

/** The image of a script, written as the body of main.js. */
export const script = (body: string) => ({
  'ghostlight.yaml': 'run:\n  command: [node, main.js]\n',
  'main.js': body,
});

export function containerStatus(pod: KubeObject | undefined) {
  return {
    state: {},
    lastState: {},
    ...Object(Object(pod?.status).containerStatuses?.[0]),
  };
}

export function readyCondition(pod: KubeObject | undefined) {
  return Object(
    Object(pod?.status).conditions?.find(
      (one: { type: string }) => one.type === 'Ready',
    ),
  );
}

export const isReady = (pod: KubeObject) =>
  readyCondition(pod).status === 'True';

export const keyOf = (name: string): ObjectKey => ({
  ...POD,
  namespace: 'default',
  name,
});

function startOn(parts: {
  dataDir: string;
  store: SqliteStore;
  images: Awaited<ReturnType<typeof startImages>>;
  network: string[];
  options: FixtureOptions;
}) {
  const { network, options } = parts;
  return startKubelet({
    ...parts,
    clock: systemClock,
    network: {
      async attach({ name }: PodIdentity) {
        network.push(`attach ${name}`);
        return {
          BACKEND_SERVICE_HOST: '127.0.0.1',
          BACKEND_SERVICE_PORT: '31234',
        };
      },
      async detach() {
        network.push('detach');
      },
      async drain() {
        network.push('drain');
        options.onDrain?.();
      },
    },
  });
}

/** A repository whose one commit has these files. */
export async function makeRepository(
  directory: string,
  files: Record<string, string>,
): Promise<{ url: string; sha: string }> {
  await mkdir(directory, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args],
      { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    ).trim();
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message=Files');
  return {
    url: pathToFileURL(directory).href,
    sha: git('rev-parse', 'HEAD'),
  };
}

type Line = Record<string, unknown>;

/** Speaks to the image store's HTTP door as a client does. */
export async function postImage(
  images: Pick<ClusterFixture['images'], 'extension'>,
  body: unknown,
): Promise<Line[]> {
  const { text } = await imageRequest(images, 'POST', '/images', body);
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}

export async function imageRequest(
  images: Pick<ClusterFixture['images'], 'extension'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; text: string }> {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    images.extension.handle(request, response, url).catch(error => {
      response.destroy(error);
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null)
    throw new Error('not listening');
  try {
    const response = await fetch(`http://127.0.0.1:${address.port}${path}`, {
      method,
      headers: { connection: 'close' },
      body:
        body === undefined || typeof body === 'string'
          ? body
          : JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  } finally {
    server.close();
  }
}
