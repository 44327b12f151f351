import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, IncomingMessage } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { SourceTree } from '../service/ports';

const run = promisify(execFile);

/** A small server that answers about one repository, `acme/orders`, as the APIs of GitHub and GitLab do, from a real git repository. */
export async function startHost() {
  const folder = await mkdtemp(join(tmpdir(), 'ghostlight-host-'));
  const git = async (...args: string[]) => {
    const { stdout } = await run('git', args, {
      cwd: folder,
      encoding: 'buffer',
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Maya',
        GIT_AUTHOR_EMAIL: 'maya@example.com',
        GIT_COMMITTER_NAME: 'Maya',
        GIT_COMMITTER_EMAIL: 'maya@example.com',
      },
    });
    return stdout;
  };
  await git('init', '--quiet', '--initial-branch=main');
  /** What clients sent as credentials. */
  const authorizations: string[] = [];
  let broken = false;

  const answer = async (
    request: IncomingMessage,
    base: string,
  ): Promise<object | Buffer | undefined> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', base);
    const head = async (ref: string) =>
      (await git('rev-parse', `${ref}^{commit}`)).toString().trim();
    const archive = (sha: string) =>
      git('archive', '--format=tar.gz', `--prefix=acme-orders-${sha}/`, sha);
    const github = `/github/repos/acme/orders`;
    const gitlab = `/gitlab/projects/${encodeURIComponent('acme/orders')}`;
    if (pathname === github || pathname === gitlab) {
      return { default_branch: 'main' };
    }
    if (pathname === `${github}/commits/main`) {
      return { sha: await head('main') };
    }
    if (pathname === `${gitlab}/repository/branches/main`) {
      return { commit: { id: await head('main') } };
    }
    const status = /\/commits\/([0-9a-f]{40})\/status$/.exec(pathname);
    if (status) {
      const url = `${base}${github}/{archive_format}{/ref}`;
      return { sha: await head(status[1]), repository: { archive_url: url } };
    }
    const tarball = /\/tarball\/([0-9a-f]{40})$/.exec(pathname);
    if (tarball) {
      return archive(tarball[1]);
    }
    if (pathname === `${gitlab}/repository/commits`) {
      return [{ id: await head(searchParams.get('ref_name') ?? 'main') }];
    }
    if (pathname === `${gitlab}/repository/archive`) {
      return archive(await head(searchParams.get('sha') ?? 'main'));
    }
    return undefined;
  };

  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    authorizations.push(
      String(request.headers.authorization ?? request.headers['private-token']),
    );
    if (broken) {
      response.writeHead(503).end('Unicorn!');
      return;
    }
    answer(request, `http://127.0.0.1:${port}`).then(
      body => {
        if (body === undefined) {
          response.writeHead(404).end('{"message":"Not Found"}');
        } else if (Buffer.isBuffer(body)) {
          response.writeHead(200, { 'content-type': 'application/gzip' });
          response.end(body);
        } else {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(JSON.stringify(body));
        }
      },
      error => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    authorizations,
    break(value: boolean) {
      broken = value;
    },
    /** Commits the files of a service to the default branch. */
    async commit(tree: SourceTree, message: string): Promise<string> {
      const files = [
        { path: 'catalog-info.yaml', text: tree.catalogInfo ?? '' },
        { path: 'README.md', text: message },
        ...tree.manifests,
      ];
      for (const { path, text } of files) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      await git('add', '.');
      await git('commit', '--quiet', '-m', message);
      return (await git('rev-parse', 'HEAD')).toString().trim();
    },
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
