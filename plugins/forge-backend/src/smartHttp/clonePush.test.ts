import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { TestDatabases } from '@backstage/backend-test-utils';
import { GitClient, withPassword } from '../__testUtils__/GitClient';
import {
  as,
  asService,
  CHECKOUT,
  ELIAS,
  eventually,
  MAYA,
  SAM,
  startForge,
} from '../__testUtils__/startForge';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
jest.setTimeout(60_000);

describe('clone and push', () => {
  let forge: Awaited<ReturnType<typeof startForge>>;
  let git: GitClient;

  beforeAll(async () => {
    forge = await startForge(databases);
  });
  afterAll(() => forge.stop());
  beforeEach(async () => {
    git = await GitClient.create();
  });
  afterEach(() => git.remove());

  async function createOrders(name: string) {
    return forge.client.createRepository(
      {
        name,
        owner: CHECKOUT,
        files: [{ path: 'README.md', content: '# Orders\n' }],
      },
      as(MAYA),
    );
  }

  async function passwordOf(userRef: string) {
    const { token } = await forge.client.createToken({}, as(userRef));
    return token;
  }

  it('an owner clones with a git token, pushes, and the push is announced', async () => {
    const { cloneUrl, head } = await createOrders('orders');
    await git.ok(
      'clone',
      '--quiet',
      withPassword(cloneUrl, await passwordOf(MAYA)),
      '.',
    );
    expect(await git.ok('log', '--format=%an <%ae> %s')).toBe(
      'Maya Lind <maya@example.com> Create orders',
    );

    const sha = await git.commit({ 'a.txt': 'a' });
    await git.ok('push', '--quiet', 'origin', 'main');

    await eventually(() =>
      expect(forge.pushes('orders')).toEqual([
        {
          repository: 'orders',
          branch: 'main',
          after: head?.sha,
          pusher: MAYA,
          origin: 'publish',
        },
        {
          repository: 'orders',
          branch: 'main',
          before: head?.sha,
          after: sha,
          pusher: MAYA,
          origin: 'push',
        },
      ]),
    );
    const repository = await forge.client.getRepository('orders', as(ELIAS));
    expect(repository?.head).toMatchObject({
      sha,
      author: { name: 'Maya', ref: MAYA },
    });
  });

  it('a Backstage token is a password as well', async () => {
    const { cloneUrl } = await createOrders('by-token');
    const { token } = as(MAYA);
    await git.ok('clone', '--quiet', withPassword(cloneUrl, token), '.');
    const sha = await git.commit({ 'a.txt': 'a' });
    await git.ok('push', '--quiet', 'origin', 'main');
    const repository = await forge.client.getRepository('by-token', as(MAYA));
    expect(repository?.head?.sha).toBe(sha);
  });

  it('everybody signed in clones; a push by the wrong person is refused with the reason', async () => {
    const { cloneUrl, head } = await createOrders('not-yours');
    for (const password of [await passwordOf(ELIAS), as(ELIAS).token]) {
      const elias = await GitClient.create();
      await elias.ok('clone', '--quiet', withPassword(cloneUrl, password), '.');
      await elias.commit({ 'a.txt': 'mine' });
      const { code, output } = await elias.run('push', 'origin', 'main');
      expect(code).not.toBe(0);
      expect(output).toContain(
        "remote error: You may not write to repository 'not-yours': it belongs to group:default/team-checkout. Ask one of its members",
      );
      await elias.remove();
    }
    const repository = await forge.client.getRepository('not-yours', as(MAYA));
    expect(repository?.head?.sha).toBe(head?.sha);
  });

  it('a push that skips the greeting is refused too', async () => {
    const { cloneUrl } = await createOrders('no-greeting');
    const answer = await fetch(`${cloneUrl}/git-receive-pack`, {
      method: 'POST',
      headers: { authorization: basic(await passwordOf(ELIAS)) },
      body: '0000',
    });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('You may not write');
  });

  it('an operator pushes everywhere', async () => {
    const { cloneUrl } = await createOrders('operated');
    const password = await passwordOf(SAM);
    await git.ok('clone', '--quiet', withPassword(cloneUrl, password), '.');
    const sha = await git.commit({ 'a.txt': 'a' });
    await git.ok('push', '--quiet', 'origin', 'main');
    const repository = await forge.client.getRepository('operated', as(MAYA));
    expect(repository?.head?.sha).toBe(sha);
  });

  it('without a password git is asked for one, a wrong or revoked one is refused', async () => {
    const { cloneUrl } = await createOrders('closed');
    const asked = await fetch(`${cloneUrl}/info/refs?service=git-upload-pack`);
    expect(asked.status).toBe(401);
    expect(asked.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(await asked.text()).toContain('create one on the page');

    const own = await forge.client.createToken({}, as(MAYA));
    await forge.client.deleteToken(own.id, as(MAYA));
    for (const password of ['wrong', 'glf_wrong', own.token]) {
      const { code, output } = await git.run(
        'clone',
        withPassword(cloneUrl, password),
        '.',
      );
      expect(code).not.toBe(0);
      expect(output).toContain('Authentication failed');
    }
  });

  it('nobody revokes the token of another', async () => {
    const { id } = await forge.client.createToken({}, as(MAYA));
    await expect(forge.client.deleteToken(id, as(ELIAS))).rejects.toMatchObject(
      { statusCode: 404 },
    );
    const mine = await forge.client.listTokens(as(MAYA));
    expect(mine.map(token => token.id)).toContain(id);
    expect(JSON.stringify(mine)).not.toContain('glf_');
  });

  it('a token that ran out is worth nothing', async () => {
    const { cloneUrl } = await createOrders('ran-out');
    const { id, token } = await forge.client.createToken({}, as(MAYA));
    const ask = async () => {
      const answer = await fetch(
        `${cloneUrl}/info/refs?service=git-upload-pack`,
        { headers: { authorization: basic(token) } },
      );
      await answer.text();
      return answer.status;
    };
    expect(await ask()).toBe(200);
    await forge
      .knex('git_tokens')
      .where({ id })
      .update({ expires_at: new Date(Date.now() - 1000) });
    expect(await ask()).toBe(401);
  });

  it('an image builder reads one repository, for a while, and writes nothing', async () => {
    await createOrders('built');
    const other = await createOrders('not-built');
    await expect(
      forge.client.getReadAccess('built', as(MAYA)),
    ).rejects.toMatchObject({ statusCode: 403 });

    const access = await forge.client.getReadAccess('built', asService);
    const header = `http.extraHeader=Authorization: ${access.authorization}`;
    await git.ok('-c', header, 'clone', '--quiet', access.url, '.');
    await git.commit({ 'a.txt': 'a' });
    const push = await git.run('-c', header, 'push', 'origin', 'main');
    expect(push.output).toContain('This token only reads');
    const elsewhere = await git.run('-c', header, 'ls-remote', other.cloneUrl);
    expect(elsewhere.code).not.toBe(0);
    expect(elsewhere.output).toContain('403');
  });

  it.each([
    '..%2f..%2fetc',
    '%2e%2e',
    '..',
    'a%00b',
    '-orders',
    'x%2f..%2forders',
    'nothing-there',
  ])(
    'a repository called %s is not found, whatever it would be as a path',
    async name => {
      const password = await passwordOf(MAYA);
      for (const rest of [
        'info/refs?service=git-upload-pack',
        'HEAD',
        'config',
      ]) {
        const answer = await rawGet(
          forge.origin,
          `/api/forge/git/${name}.git/${rest}`,
          basic(password),
        );
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
        expect(answer.body).not.toMatch(/root:|\[core\]/);
      }
    },
  );

  it('files of the bare repository are not served', async () => {
    const { cloneUrl } = await createOrders('no-dumb-http');
    for (const path of ['HEAD', 'config', 'objects/info/packs', 'info/refs']) {
      const answer = await fetch(`${cloneUrl}/${path}`, {
        headers: { authorization: basic(await passwordOf(MAYA)) },
      });
      expect(answer.status).toBe(404);
    }
  });

  it('history of the default branch is not rewritten or deleted, of other branches it may be', async () => {
    const { cloneUrl, head } = await createOrders('rewritten');
    const password = await passwordOf(MAYA);
    await git.ok('clone', '--quiet', withPassword(cloneUrl, password), '.');
    await git.ok('checkout', '--quiet', '-b', 'feature/one');
    await git.commit({ 'a.txt': 'a' });
    await git.ok('push', '--quiet', 'origin', 'feature/one');
    await git.ok('commit', '--quiet', '--amend', '--message', 'again');
    await git.ok('push', '--quiet', '--force', 'origin', 'feature/one');
    await git.ok('push', '--quiet', '--delete', 'origin', 'feature/one');

    await git.ok('checkout', '--quiet', '--orphan', 'other');
    await git.commit({ 'b.txt': 'b' });
    const rewrite = await git.run('push', '--force', 'origin', 'other:main');
    expect(rewrite.code).not.toBe(0);
    expect(rewrite.output).toContain('denying non-fast-forward');
    const deletion = await git.run('push', '--delete', 'origin', 'main');
    expect(deletion.code).not.toBe(0);
    expect(deletion.output).toContain('deletion of the current branch');
    const repository = await forge.client.getRepository('rewritten', as(MAYA));
    expect(repository?.head?.sha).toBe(head?.sha);
  });

  it('refs with names the forge could not handle are refused with the reason', async () => {
    const { cloneUrl } = await createOrders('strange-refs');
    const password = await passwordOf(MAYA);
    await git.ok('clone', '--quiet', withPassword(cloneUrl, password), '.');
    await git.commit({ 'a.txt': 'a' });
    for (const ref of ['refs/heads/a;b', 'refs/ghostlight/x', 'refs/notes/x']) {
      const { code, output } = await git.run('push', 'origin', `HEAD:${ref}`);
      expect(code).not.toBe(0);
      expect(output).toContain('no branch or tag with a plain name');
    }
  });

  it('a tree with a .git folder in it does not get in', async () => {
    const { cloneUrl } = await createOrders('evil-tree');
    const password = await passwordOf(MAYA);
    await git.ok('clone', '--quiet', withPassword(cloneUrl, password), '.');
    await git.commit({ 'a.txt': 'a' });
    const blob = await git.ok('rev-parse', 'HEAD:a.txt');
    const tree = await git.ok(
      'hash-object',
      '-t',
      'tree',
      '-w',
      '--literally',
      await rawTree(git.folder, '.GIT', blob),
    );
    const commit = await git.ok(
      'commit-tree',
      '-m',
      'evil',
      '-p',
      'HEAD',
      tree,
    );
    const { code, output } = await git.run(
      'push',
      'origin',
      `${commit}:refs/heads/main`,
    );
    expect(code).not.toBe(0);
    expect(output).toMatch(/hasDotgit|contains '\.git'|fsck/i);
  });

  it('two people push at once: one wins, the other is told to pull, nothing is lost', async () => {
    const { cloneUrl } = await createOrders('contended');
    const url = withPassword(cloneUrl, await passwordOf(MAYA));
    const people = await Promise.all([1, 2, 3].map(() => GitClient.create()));
    const shas = await Promise.all(
      people.map(async (person, index) => {
        await person.ok('clone', '--quiet', url, '.');
        return person.commit({ [`${index}.txt`]: `${index}` });
      }),
    );
    const results = await Promise.all(
      people.map(person => person.run('push', 'origin', 'main')),
    );
    const winners = results.flatMap(({ code }, index) =>
      code === 0 ? [index] : [],
    );
    expect(winners).toHaveLength(1);
    const { head } = (await forge.client.getRepository('contended', as(MAYA)))!;
    expect(head?.sha).toBe(shas[winners[0]]);
    const losers = results.filter(({ code }) => code !== 0);
    expect(losers.map(({ output }) => output)).toEqual([
      expect.stringMatching(/rejected|failed to/),
      expect.stringMatching(/rejected|failed to/),
    ]);
    for (const [index, person] of people.entries()) {
      if (index === winners[0]) continue;
      await person.ok('pull', '--quiet', '--rebase', 'origin', 'main');
      await person.ok('push', '--quiet', 'origin', 'main');
    }
    const { items } = await forge.client.listCommits('contended', {}, as(MAYA));
    expect(items).toHaveLength(4);
    await Promise.all(people.map(person => person.remove()));
  });

  it('large and compressed requests arrive whole', async () => {
    const { cloneUrl } = await createOrders('large');
    const password = await passwordOf(MAYA);
    await git.ok('clone', '--quiet', withPassword(cloneUrl, password), '.');
    // Random, so that packing does not make it small; more than git sends in one piece.
    const sha = await git.commit({ 'blob.bin': randomBytes(3_000_000) });
    await git.ok('push', '--quiet', 'origin', 'main');
    const again = await GitClient.create();
    await again.ok('clone', '--quiet', withPassword(cloneUrl, password), '.');
    expect(await again.ok('rev-parse', 'HEAD')).toBe(sha);
    await again.remove();

    const wants = `0032want ${sha}\n00000009done\n`;
    const answer = await fetch(`${cloneUrl}/git-upload-pack`, {
      method: 'POST',
      headers: {
        authorization: basic(password),
        'content-type': 'application/x-git-upload-pack-request',
        'content-encoding': 'gzip',
      },
      body: gzipSync(wants),
    });
    expect(answer.status).toBe(200);
    expect((await answer.text()).slice(0, 16)).toContain('NAK');
  });

  it('what is no git request is answered and does no harm', async () => {
    const { cloneUrl } = await createOrders('nonsense');
    const headers = { authorization: basic(await passwordOf(MAYA)) };
    const post = (body: string | Buffer, more: Record<string, string> = {}) =>
      fetch(`${cloneUrl}/git-receive-pack`, {
        method: 'POST',
        headers: { ...headers, ...more },
        body,
      });
    expect((await post('hello')).status).toBe(400);
    expect((await post('')).status).toBe(400);
    expect((await post('00ff')).status).toBe(400);
    expect(
      (await post('not gzip', { 'content-encoding': 'gzip' })).status,
    ).toBeGreaterThanOrEqual(400);
    expect(
      (await forge.client.getRepository('nonsense', as(MAYA)))?.head,
    ).toBeDefined();
  });
});

describe('pushes over the limit', () => {
  it('are refused with the reason, and the repository goes on', async () => {
    const forge = await startForge(databases, { maxPushBytes: 200_000 });
    const git = await GitClient.create();
    const { cloneUrl } = await forge.client.createRepository(
      { name: 'limited', owner: CHECKOUT },
      as(MAYA),
    );
    const { token } = await forge.client.createToken({}, as(MAYA));
    await git.ok('clone', '--quiet', withPassword(cloneUrl, token), '.');
    await git.ok('checkout', '--quiet', '-B', 'main');
    await git.commit({ 'small.txt': 'small' });
    await git.ok('push', '--quiet', 'origin', 'main');

    await git.commit({ 'blob.bin': randomBytes(2_000_000) });
    const { code, output } = await git.run('push', 'origin', 'main');
    expect(code).not.toBe(0);
    expect(output).toContain('pack exceeds maximum allowed size');

    await git.ok('reset', '--quiet', '--hard', 'origin/main');
    await git.commit({ 'blob.bin': randomBytes(20_000_000) });
    expect((await git.run('push', 'origin', 'main')).code).not.toBe(0);

    await git.ok('reset', '--quiet', '--hard', 'origin/main');
    await git.commit({ 'small.txt': 'still small' });
    await git.ok('push', '--quiet', 'origin', 'main');
    await git.remove();
    await forge.stop();
  });
});

function basic(password: string): string {
  return `Basic ${Buffer.from(`someone:${password}`).toString('base64')}`;
}

/** A GET whose path is sent as it is; `fetch` would tidy it up first. */
function rawGet(origin: string, path: string, authorization: string) {
  const { hostname, port } = new URL(origin);
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    get({ hostname, port, path, headers: { authorization } }, response => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', chunk => (body += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body }),
      );
    }).on('error', reject);
  });
}

/** A file that holds a tree object of one entry, as git itself would not write it. */
async function rawTree(folder: string, entry: string, blob: string) {
  const path = join(folder, '.git', 'raw-tree');
  await writeFile(
    path,
    Buffer.concat([Buffer.from(`100644 ${entry}\0`), Buffer.from(blob, 'hex')]),
  );
  return path;
}
