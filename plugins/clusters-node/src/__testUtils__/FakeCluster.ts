import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

interface FakeObject {
  metadata: {
    name: string;
    namespace: string;
    resourceVersion: string;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** How the cluster behaves. */
export type FakeMode =
  | 'well'
  | 'answers 500'
  | 'answers never'
  | 'answers HTML'
  | 'answers half a JSON'
  | 'forbids lists';

/** Just enough of a Kubernetes API to misbehave on command. */
export class FakeCluster {
  mode: FakeMode = 'well';
  /** Answers to paths that are none of the watched kinds. */
  readonly routes = new Map<
    string,
    (request: IncomingMessage, response: ServerResponse, url: URL) => void
  >();
  readonly requests: string[] = [];
  readonly #server: Server;
  readonly #objects = new Map<string, Map<string, FakeObject>>();
  readonly #watches = new Map<string, Set<ServerResponse>>();
  /** Events by kind, so that a watch begins where its list ended. */
  readonly #history = new Map<
    string,
    Array<{ version: number; line: string }>
  >();
  #version = 1;

  static async start(): Promise<FakeCluster> {
    const cluster = new FakeCluster();
    await new Promise<void>(resolve => {
      cluster.#server.listen(0, '127.0.0.1', resolve);
    });
    return cluster;
  }

  private constructor() {
    this.#server = createServer((request, response) =>
      this.#answer(request, response),
    );
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  put(path: string, object: FakeObject): void {
    const kind = this.#kind(path);
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    const type = kind.has(key) ? 'MODIFIED' : 'ADDED';
    this.#version += 1;
    const stored = {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.#version) },
    };
    kind.set(key, stored);
    this.#record(path, { type, object: stored });
  }

  remove(path: string, namespace: string, name: string): void {
    const kind = this.#kind(path);
    const object = kind.get(`${namespace}/${name}`);
    kind.delete(`${namespace}/${name}`);
    this.#version += 1;
    this.#record(path, {
      type: 'DELETED',
      object: {
        ...object,
        metadata: {
          ...object?.metadata,
          resourceVersion: String(this.#version),
        },
      },
    });
  }

  /** Sends a line to all watches of a kind. */
  send(path: string, event: unknown): void {
    this.sendRaw(path, `${JSON.stringify(event)}\n`);
  }

  sendRaw(path: string, text: string): void {
    this.#watches.get(path)?.forEach(response => response.write(text));
  }

  /** Ends watches the way a server does. */
  endWatches(path: string): void {
    this.#watches.get(path)?.forEach(response => response.end());
    this.#watches.delete(path);
  }

  /** Cuts watches the way a broken line does. */
  cutWatches(path: string): void {
    this.#watches.get(path)?.forEach(response => response.destroy());
  }

  watchCount(path: string): number {
    return this.#watches.get(path)?.size ?? 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
  }

  #record(path: string, event: object): void {
    const line = `${JSON.stringify(event)}\n`;
    const history = this.#history.get(path) ?? [];
    this.#history.set(path, history);
    history.push({ version: this.#version, line });
    this.sendRaw(path, line);
  }

  #kind(path: string): Map<string, FakeObject> {
    const kind = this.#objects.get(path) ?? new Map<string, FakeObject>();
    this.#objects.set(path, kind);
    return kind;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://fake');
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    switch (this.mode) {
      case 'answers never':
        return;
      case 'answers 500':
        response.writeHead(500).end('out of order');
        return;
      case 'answers HTML':
        response.writeHead(200).end('<html>Log in</html>');
        return;
      case 'answers half a JSON':
        response.writeHead(200, { 'content-length': 100 });
        response.write('{"items": [');
        response.destroy();
        return;
      default:
    }
    const route = this.routes.get(url.pathname);
    if (route) {
      route(request, response, url);
    } else if (url.pathname === '/version') {
      json(response, 200, { major: '1', minor: '32' });
    } else if (this.mode === 'forbids lists') {
      json(response, 403, status(403, 'pods is forbidden'));
    } else if (url.searchParams.get('watch')) {
      this.#watch(url, response);
    } else {
      json(response, 200, {
        metadata: { resourceVersion: String(this.#version) },
        items: [...this.#kind(url.pathname).values()],
      });
    }
  }

  #watch({ pathname, searchParams }: URL, response: ServerResponse): void {
    const since = Number(searchParams.get('resourceVersion'));
    response.writeHead(200);
    response.flushHeaders();
    for (const { version, line } of this.#history.get(pathname) ?? []) {
      if (version > since) {
        response.write(line);
      }
    }
    const watches = this.#watches.get(pathname) ?? new Set();
    this.#watches.set(pathname, watches.add(response));
    response.on('close', () => watches.delete(response));
  }
}

export function json(
  response: ServerResponse,
  code: number,
  body: unknown,
): void {
  response
    .writeHead(code, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}

export function status(code: number, message: string) {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message };
}
