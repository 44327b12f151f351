import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  imageRequest,
  makeRepository,
  postImage,
} from '../kubelet/cluster-fixture.ts';
import { startImages } from './index.ts';

const SERVICE = 'run: {command: [node, main.js]}\n';

describe('the image store', () => {
  let dataDir: string;
  let images: Awaited<ReturnType<typeof startImages>>;
  let counter = 0;
  const repository = (files: Record<string, string>) => {
    counter += 1;
    return makeRepository(join(dataDir, 'repositories', `r${counter}`), files);
  };
  const build = async (name: string, files: Record<string, string>) => {
    const { url, sha } = await repository(files);
    return postImage(images, { name, repo: { url }, sha });
  };
  const postChanged = (change: object) =>
    imageRequest(images, 'POST', '/images', {
      name: 'fine',
      repo: { url: 'http://127.0.0.1:9/x' },
      sha: 'a'.repeat(40),
      ...change,
    });
  const half = () => readdirSync(join(dataDir, 'images', '.building'));

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'local-cluster-images-'));
    images = await startImages({ dataDir, buildTimeoutMs: 5000 });
  });
  after(async () => {
    await images.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('makes a folder of exactly the commit, built by the command it declares', async () => {
    const { url, sha } = await repository({
      'ghostlight.yaml': `build: {command: [node, build.js]}\n${SERVICE}`,
      'build.js': `console.log('building'); require('fs').writeFileSync('built', process.env.HOME)`,
      'src/deep/file.txt': 'as committed',
    });
    const lines = await postImage(images, { name: 'shop', repo: { url }, sha });
    const image = `shop:${sha.slice(0, 12)}`;
    assert.deepEqual(lines.at(-1), { type: 'result', image, cached: false });
    assert.ok(lines.some(({ line }) => line === 'building'));
    const resolved = images.resolve(image)!;
    assert.deepEqual(resolved.command, ['node', 'main.js']);
    assert.deepEqual(readdirSync(resolved.directory).sort(), [
      'build.js',
      'built',
      'ghostlight.yaml',
      'src',
    ]);
    assert.equal(
      readFileSync(join(resolved.directory, 'src/deep/file.txt'), 'utf8'),
      'as committed',
    );
    assert.deepEqual(half(), []);
    assert.deepEqual(
      await postImage(images, { name: 'shop', repo: { url }, sha }),
      [{ type: 'result', image, cached: true }],
    );
    const list = JSON.parse(
      (await imageRequest(images, 'GET', '/images')).text,
    );
    assert.equal(list.items[0].image, image);
    const path = `/images/shop/${sha.slice(0, 12)}`;
    assert.equal(
      JSON.parse((await imageRequest(images, 'GET', path)).text).sha,
      sha,
    );
    assert.equal(
      (await imageRequest(images, 'GET', '/images/shop/nope')).status,
      404,
    );
  });

  it('builds a commit once for all who ask at the same time, and shows all the whole log', async () => {
    const { url, sha } = await repository({
      'ghostlight.yaml': `build: {command: [node, build.js]}\n${SERVICE}`,
      'build.js': `require('fs').appendFileSync(${JSON.stringify(
        join(dataDir, 'built-times'),
      )}, 'x'); console.log('begun'); setTimeout(() => console.log('done'), 300);`,
    });
    const all = await Promise.all(
      Array.from({ length: 5 }, () =>
        postImage(images, { name: 'together', repo: { url }, sha }),
      ),
    );
    for (const lines of all) {
      assert.equal(lines.at(-1)?.type, 'result');
      const log = lines.map(({ line }) => line);
      assert.ok(log.includes('begun') && log.includes('done'));
    }
    assert.equal(readFileSync(join(dataDir, 'built-times'), 'utf8'), 'x');
  });

  it('says why a build failed and leaves nothing behind', async () => {
    const lines = await build('broken', {
      'ghostlight.yaml': `build: {command: [node, -e, "console.error('no such module'); process.exit(4)"]}\n${SERVICE}`,
    });
    const { type, message } = lines.at(-1)!;
    assert.equal(type, 'error');
    assert.match(
      String(message),
      /^Build command "node -e .*": failed with exit code 4: no such module$/,
    );
    assert.deepEqual(half(), []);
    assert.ok(!existsSync(join(dataDir, 'images', 'broken')));
  });

  it('ends a build that takes too long, with its children', async () => {
    const impatient = await startImages({
      dataDir: join(dataDir, 'impatient'),
      buildTimeoutMs: 200,
    });
    const { url, sha } = await repository({
      'ghostlight.yaml': `build: {command: [sleep, "1000"]}\n${SERVICE}`,
    });
    const lines = await postImage(impatient, {
      name: 'slow',
      repo: { url },
      sha,
    });
    assert.match(
      String(lines.at(-1)?.message),
      /did not end within 0.2 s and was stopped/,
    );
    await impatient.stop();
  });

  it('gives the build nothing of the cluster’s environment', async () => {
    process.env.SECRET_OF_THE_CLUSTER = 'hush';
    const lines = await build('clean', {
      'ghostlight.yaml': `build: {command: [node, -e, "console.log(Object.keys(process.env).join())"]}\n${SERVICE}`,
    });
    delete process.env.SECRET_OF_THE_CLUSTER;
    const log = lines.map(({ line }) => line).join('\n');
    assert.match(log, /PATH/);
    assert.doesNotMatch(log, /SECRET_OF_THE_CLUSTER|GIT_CONFIG/);
  });

  for (const [what, text, message] of [
    ['is not YAML', 'run:\n  command: [node\n', /^ghostlight.yaml line [23]: /],
    [
      'has a shell line for a command',
      '# how to run\nrun:\n  command: node main.js && rm -rf /\n',
      /^ghostlight.yaml line 3: run.command: must be a list of words/,
    ],
    [
      'has an unknown field',
      'run:\n  command: [node]\nbuild:\n  comand: [npm]\n',
      /^ghostlight.yaml line [34]: build/,
    ],
  ] as const) {
    it(`names the line of a ghostlight.yaml that ${what}`, async () => {
      const lines = await build('badfile', { 'ghostlight.yaml': text });
      assert.match(String(lines.at(-1)?.message), message);
    });
  }

  it('says that the ghostlight.yaml is missing', async () => {
    const lines = await build('without', { 'README.md': '' });
    assert.match(String(lines.at(-1)?.message), /has no ghostlight.yaml/);
  });

  it('says that a commit or a repository is not there', async () => {
    const { url } = await repository({ 'ghostlight.yaml': SERVICE });
    const sha = 'a'.repeat(40);
    const unknown = await postImage(images, { name: 'x', repo: { url }, sha });
    assert.match(
      String(unknown.at(-1)?.message),
      /Commit a{40} is not on any branch of file:.*: push it first/,
    );
    const nowhere = await postImage(images, {
      name: 'x',
      repo: { url: `${url}-missing` },
      sha,
    });
    assert.match(
      String(nowhere.at(-1)?.message),
      /^Fetching aaaaaaaaaaaa from file:/,
    );
  });

  it('builds a commit that is not the newest', async () => {
    const directory = join(dataDir, 'repositories', 'older');
    const { url, sha } = await makeRepository(directory, {
      'ghostlight.yaml': SERVICE,
      'a.txt': 'old',
    });
    await makeRepository(directory, { 'a.txt': 'new' });
    const lines = await postImage(images, {
      name: 'older',
      repo: { url },
      sha,
    });
    const { directory: root } = images.resolve(String(lines.at(-1)?.image))!;
    assert.equal(readFileSync(join(root, 'a.txt'), 'utf8'), 'old');
  });

  for (const [what, change, message] of [
    ['a name with ..', { name: '../evil' }, /^name: must be 1 to 63/],
    ['a name in upper case', { name: 'Shop' }, /^name: /],
    ['a name with a slash', { name: 'a/b' }, /^name: /],
    ['a short sha', { sha: 'abc' }, /^sha: must be a full commit/],
    ['an option for a sha', { sha: '--upload-pack=evil' }, /^sha: /],
    [
      'an ssh address',
      { repo: { url: 'ssh://host/x' } },
      /^repo.url: must be an http/,
    ],
    [
      'a command as transport',
      { repo: { url: 'ext::sh -c evil' } },
      /^repo.url: /,
    ],
    [
      'a password in the address',
      { repo: { url: 'http://u:p@host/x' } },
      /^repo.url: .*without a user/,
    ],
    [
      'a header with a second line',
      { repo: { url: 'http://host/x', authorization: 'a\nHost: b' } },
      /^repo.authorization: /,
    ],
    ['an unknown field', { tag: 'latest' }, /tag/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status, text } = await postChanged(change);
      assert.equal(status, 400);
      const { type, message: said } = JSON.parse(text);
      assert.equal(type, 'error');
      assert.match(said, message);
    });
  }

  it('refuses bodies that are no JSON or too long', async () => {
    const post = (body: string) =>
      imageRequest(images, 'POST', '/images', body);
    assert.equal((await post('{')).status, 400);
    assert.equal((await post('x'.repeat(70_000))).status, 413);
  });

  it('sends the authorization to the repository’s server and shows it to nobody', async () => {
    const heard: (string | undefined)[] = [];
    const server = http.createServer((request, response) => {
      heard.push(request.headers.authorization);
      response.writeHead(403).end();
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    assert.ok(typeof address === 'object' && address);
    const { text } = await imageRequest(images, 'POST', '/images', {
      name: 'private',
      repo: {
        url: `http://127.0.0.1:${address.port}/private.git`,
        authorization: 'Basic aHVzaDpodXNo',
      },
      sha: 'b'.repeat(40),
    });
    server.close();
    assert.equal(heard[0], 'Basic aHVzaDpodXNo');
    assert.match(text, /"type":"error"/);
    assert.doesNotMatch(text, /aHVzaDpodXNo/);
  });

  it('resolves nothing that was only half built when the cluster was killed', async () => {
    const folder = join(dataDir, 'killed', 'images');
    mkdirSync(join(folder, '.building', 'image-abc', 'root'), {
      recursive: true,
    });
    mkdirSync(join(folder, 'half', '0123456789ab', 'root'), {
      recursive: true,
    });
    writeFileSync(
      join(folder, 'half', '0123456789ab', 'image.json'),
      '{"name": "ha',
    );
    const restarted = await startImages({ dataDir: join(dataDir, 'killed') });
    assert.equal(restarted.resolve('half:0123456789ab'), undefined);
    assert.deepEqual(readdirSync(join(folder, '.building')), []);
    const { status, text } = await imageRequest(restarted, 'GET', '/images');
    assert.deepEqual([status, JSON.parse(text)], [200, { items: [] }]);
    await restarted.stop();
  });

  it('resolves nothing outside its folder', () => {
    for (const image of [
      '../x:0123456789ab',
      'a/../b:0123456789ab',
      'x',
      'x:../../etc',
      '',
    ])
      assert.equal(images.resolve(image), undefined);
  });
});
