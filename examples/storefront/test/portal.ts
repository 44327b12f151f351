import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { git } from '../../../bin/lib/storefront-git.ts';

interface Repository {
  key: string;
  by: string;
  requests: { by: string; title: string }[];
}

/**
 * What the storefront needs of a portal: sign-in, a forge that takes real pushes, deployments that succeed at once. It keeps what was
 * asked of it in the order in which it came.
 */
export class FakePortal {
  readonly repositories = new Map<string, Repository>();
  readonly events: string[] = [];
  /** Called with each event before it is answered. */
  onEvent: (event: string) => void = () => {};
  readonly #folder: string;
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ error: String(error) }));
    });
  });

  constructor(folder: string) {
    this.#folder = folder;
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address !== 'object' || !address) throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  path(name: string): string {
    return join(this.#folder, `${name}.git`);
  }

  #happened(event: string): void {
    this.events.push(event);
    this.onEvent(event);
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '', 'http://portal');
    const by = request.headers.authorization?.replace('Bearer token-of-', '');
    const send = (status: number, body: unknown) =>
      response.writeHead(status).end(JSON.stringify(body));
    if (url.pathname.startsWith('/api/forge/git/'))
      return this.#git(url, request, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length
      ? JSON.parse(Buffer.concat(chunks).toString())
      : {};
    if (url.pathname === '/api/auth/development/refresh') {
      const person = request.headers['x-ghostlight-person'];
      return send(200, { backstageIdentity: { token: `token-of-${person}` } });
    }
    if (url.pathname === '/api/health/summaries') {
      const refs: string[] = body.entityRefs;
      const ready = refs.map(ref => [ref, { ready: 1, desired: 1 }]);
      return send(200, Object.fromEntries(ready));
    }
    if (url.pathname === '/api/delivery/deployments') {
      const name = url.searchParams.get('entityRef')?.split('/')[1] ?? '';
      const items = (await this.#head(name)) ? [{ state: 'succeeded' }] : [];
      return send(200, { items });
    }
    const [, , , , name, more] = url.pathname.split('/');
    if (!name) return this.#create(body, by ?? '', send);
    const repository = this.repositories.get(name);
    if (!repository) return send(404, { error: { message: 'no such' } });
    if (more !== 'change-requests')
      return send(200, { head: await this.#head(name) });
    if (repository.requests.length > 0)
      return send(409, { error: { message: 'open already' } });
    this.#happened(`${by} asks to merge ${body.source} of ${name}`);
    repository.requests.push({ by: by ?? '', title: body.title });
    return send(201, {});
  }

  async #create(
    body: { name: string; idempotencyKey: string },
    by: string,
    send: (status: number, body: unknown) => void,
  ) {
    const { name, idempotencyKey: key } = body;
    const existing = this.repositories.get(name);
    if (existing && existing.key !== key)
      return send(409, { error: { message: `${name} is taken` } });
    if (!existing) {
      await git(
        ['init', '--quiet', '--bare', '--initial-branch=main', this.path(name)],
        {
          cwd: this.#folder,
        },
      );
      this.#happened(`${by} makes ${name}`);
      this.repositories.set(name, { key, by, requests: [] });
    }
    return send(201, {});
  }

  async #head(name: string): Promise<string | undefined> {
    return git(['rev-parse', '--verify', '--quiet', 'main'], {
      cwd: this.path(name),
    }).catch(() => undefined);
  }

  /** gitprotocol-http(5), by git itself. */
  async #git(url: URL, request: IncomingMessage, response: ServerResponse) {
    const name = url.pathname.split('/')[4].replace(/\.git$/, '');
    const advertise = url.pathname.endsWith('/info/refs');
    const kind = advertise ? 'advertisement' : 'result';
    response.setHeader(
      'content-type',
      `application/x-git-receive-pack-${kind}`,
    );
    if (advertise) response.write('001f# service=git-receive-pack\n0000');
    else this.#happened(`push to ${name}`);
    const child = spawn(
      'git',
      [
        'receive-pack',
        '--stateless-rpc',
        ...(advertise ? ['--advertise-refs'] : []),
        this.path(name),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    request.pipe(child.stdin);
    child.stdout.pipe(response);
    await once(child, 'close');
  }
}
