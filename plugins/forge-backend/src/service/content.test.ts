import { TestDatabases } from '@backstage/backend-test-utils';
import {
  as,
  CHECKOUT,
  ELIAS,
  eventually,
  MAYA,
  startForge,
} from '../__testUtils__/startForge';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
jest.setTimeout(60_000);

describe('content', () => {
  let forge: Awaited<ReturnType<typeof startForge>>;
  const maya = as(MAYA);
  beforeAll(async () => {
    forge = await startForge(databases);
  });
  afterAll(() => forge.stop());

  async function create(name: string, files: Record<string, string>) {
    const repository = await forge.client.createRepository(
      {
        name,
        owner: CHECKOUT,
        files: Object.entries(files).map(([path, content]) => ({
          path,
          content,
        })),
      },
      maya,
    );
    return repository.head!.sha;
  }

  it('folders list what is in them, folders first', async () => {
    await create('tree', {
      'z.txt': 'z',
      'src/a.ts': 'a',
      'src/deep/b.ts': 'bb',
    });
    const root = await forge.client.getTree('tree', {}, maya);
    expect(root.entries).toEqual([
      { name: 'src', path: 'src', type: 'folder', mode: '040000' },
      { name: 'z.txt', path: 'z.txt', type: 'file', mode: '100644', size: 1 },
    ]);
    expect(await forge.client.getTree('tree', { path: '' }, maya)).toEqual(
      root,
    );
    const src = await forge.client.getTree('tree', { path: 'src' }, maya);
    expect(src.entries.map(it => it.path)).toEqual(['src/deep', 'src/a.ts']);
    for (const path of ['nowhere', 'z.txt']) {
      await expect(
        forge.client.getTree('tree', { path }, maya),
      ).rejects.toMatchObject({ statusCode: 404 });
    }
  });

  it('names with spaces, quotes, glob signs and other alphabets are only names', async () => {
    const odd = [
      'a b.txt',
      'say "hi".txt',
      '*.txt',
      ':(top)x',
      'æøå/日本.txt',
      '--help',
    ];
    await create(
      'odd-names',
      Object.fromEntries(odd.map(name => [name, name])),
    );
    for (const path of odd) {
      const file = await forge.client.getFile('odd-names', { path }, maya);
      expect(file.content).toBe(path);
      const log = await forge.client.listCommits('odd-names', { path }, maya);
      expect(log.items).toHaveLength(1);
    }
    const { files } = await forge.client.getDiff(
      'odd-names',
      { to: 'main' },
      maya,
    );
    expect(files.map(it => it.path).sort()).toEqual([...odd].sort());
  });

  it('text comes as text, anything else as base64, and what is too large without content', async () => {
    await create('kinds', {
      'a.txt': 'grüße\n',
      'large.txt': 'x'.repeat(1024 * 1024 + 1),
    });
    const bytes = Buffer.from([0xff, 0x00, 0x01]);
    await forge.client.commitFiles(
      'kinds',
      {
        message: 'binary',
        files: [
          {
            path: 'b.bin',
            content: bytes.toString('base64'),
            encoding: 'base64',
          },
          { path: 'run.sh', content: '#!/bin/sh\n', mode: '100755' },
        ],
      },
      maya,
    );
    const file = (path: string) =>
      forge.client.getFile('kinds', { path }, maya);
    expect(await file('a.txt')).toMatchObject({
      binary: false,
      encoding: 'utf8',
      content: 'grüße\n',
      size: 8,
    });
    expect(await file('b.bin')).toMatchObject({
      binary: true,
      encoding: 'base64',
      content: bytes.toString('base64'),
      size: 3,
    });
    const large = await file('large.txt');
    expect(large).toMatchObject({ binary: false, size: 1024 * 1024 + 1 });
    expect(large.content).toBeUndefined();
    expect((await file('run.sh')).mode).toBe('100755');
  });

  it('a commit writes and deletes, is signed by its author and announced', async () => {
    const before = await create('written', { a: 'a', b: 'b' });
    const commit = await forge.client.commitFiles(
      'written',
      {
        message: 'Change a, drop b\n\nBecause.',
        expectedHead: before,
        files: [{ path: 'a', content: 'A' }, { path: 'b' }],
      },
      maya,
    );
    expect(commit).toMatchObject({
      message: 'Change a, drop b\n\nBecause.',
      author: { name: 'Maya Lind', ref: MAYA },
      parents: [before],
    });
    const { entries } = await forge.client.getTree('written', {}, maya);
    expect(entries.map(it => it.name)).toEqual(['a']);
    await eventually(() =>
      expect(forge.pushes('written')).toContainEqual({
        repository: 'written',
        branch: 'main',
        before,
        after: commit.sha,
        pusher: MAYA,
        origin: 'push',
      }),
    );
  });

  it('a commit onto a branch that moved is refused and says what to do', async () => {
    const old = await create('moved', { a: 'a' });
    const write = (content: string) =>
      forge.client.commitFiles(
        'moved',
        {
          message: content,
          expectedHead: old,
          files: [{ path: 'a', content }],
        },
        maya,
      );
    const results = await Promise.allSettled(['1', '2', '3'].map(write));
    const refused = results.filter(it => it.status === 'rejected');
    expect(refused).toHaveLength(2);
    for (const { reason } of refused as PromiseRejectedResult[]) {
      expect(reason).toMatchObject({
        statusCode: 409,
        cause: {
          message: expect.stringMatching(/read it again|Read the files again/),
        },
      });
    }
    const { items } = await forge.client.listCommits('moved', {}, maya);
    expect(items).toHaveLength(2);
  });

  it('a commit that changes nothing makes no commit', async () => {
    const sha = await create('same', { a: 'a' });
    const commit = await forge.client.commitFiles(
      'same',
      {
        message: 'nothing',
        files: [{ path: 'a', content: 'a' }, { path: 'gone' }],
      },
      maya,
    );
    expect(commit.sha).toBe(sha);
  });

  it.each([
    [
      [
        { path: 'a', content: '1' },
        { path: 'a', content: '2' },
      ],
      'given twice',
    ],
    [
      [
        { path: 'a', content: '1' },
        { path: 'a/b', content: '2' },
      ],
      'cannot be a file and the folder',
    ],
    [[{ path: 'a', content: '!', encoding: 'base64' as const }], 'not base64'],
  ])(
    'files that contradict each other are refused: %j',
    async (files, message) => {
      await create('contradiction', { x: 'x' }).catch(() => {});
      await expect(
        forge.client.commitFiles(
          'contradiction',
          { message: 'm', files },
          maya,
        ),
      ).rejects.toMatchObject({
        statusCode: 400,
        cause: { message: expect.stringContaining(message) },
      });
    },
  );

  it('who does not own it cannot commit or branch', async () => {
    await create('owned', { a: 'a' });
    const elias = as(ELIAS);
    await expect(
      forge.client.commitFiles(
        'owned',
        { message: 'm', files: [{ path: 'a', content: 'b' }] },
        elias,
      ),
    ).rejects.toMatchObject({ statusCode: 403 });
    await expect(
      forge.client.createBranch('owned', { branch: 'mine' }, elias),
    ).rejects.toMatchObject({ statusCode: 403 });
  });

  it('branches are made from any revision and listed, the default first', async () => {
    const first = await create('branched', { a: 'a' });
    await forge.client.commitFiles(
      'branched',
      { message: 'two', files: [{ path: 'a', content: 'b' }] },
      maya,
    );
    await forge.client.createBranch(
      'branched',
      { branch: 'fix/old', from: first.slice(0, 8) },
      maya,
    );
    const branches = await forge.client.listBranches('branched', maya);
    expect(
      branches.map(it => [it.name, it.isDefault, it.head.message]),
    ).toEqual([
      ['main', true, 'two'],
      ['fix/old', false, 'Create branched'],
    ]);
    await expect(
      forge.client.createBranch('branched', { branch: 'fix/old' }, maya),
    ).rejects.toMatchObject({ statusCode: 409 });
    await expect(
      forge.client.createBranch(
        'branched',
        { branch: 'x', from: 'nowhere' },
        maya,
      ),
    ).rejects.toMatchObject({ statusCode: 404 });
  });

  it.each([
    '-x',
    '--help',
    'a..b',
    'HEAD~1',
    'a b',
    'x.lock',
    '/a',
    'a/',
    'a/.b',
    'main^{tree}',
    'main:a',
    '@{-1}',
  ])('the revision %j is refused', async ref => {
    await create('refused-refs', { a: 'a' }).catch(() => {});
    await expect(
      forge.client.getTree('refused-refs', { ref }, maya),
    ).rejects.toMatchObject({ statusCode: 400 });
    await expect(
      forge.client.createBranch('refused-refs', { branch: ref }, maya),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  it('history comes in pages and by path', async () => {
    await create('history', { a: '0', b: '0' });
    for (const n of ['1', '2', '3']) {
      await forge.client.commitFiles(
        'history',
        { message: `a ${n}`, files: [{ path: 'a', content: n }] },
        maya,
      );
    }
    const one = await forge.client.listCommits(
      'history',
      { pageSize: 2 },
      maya,
    );
    expect(one.items.map(it => it.message)).toEqual(['a 3', 'a 2']);
    expect(one.nextPage).toBe(2);
    const two = await forge.client.listCommits(
      'history',
      { pageSize: 2, page: 2 },
      maya,
    );
    expect(two.items.map(it => it.message)).toEqual(['a 1', 'Create history']);
    expect(two.nextPage).toBeUndefined();
    const ofB = await forge.client.listCommits('history', { path: 'b' }, maya);
    expect(ofB.items).toHaveLength(1);
    const commit = await forge.client.getCommit(
      'history',
      ofB.items[0].sha.slice(0, 10),
      maya,
    );
    expect(commit).toEqual(ofB.items[0]);
  });

  it('a diff tells added, changed, deleted, renamed and binary files line by line', async () => {
    const moved = `${'line\n'.repeat(20)}`;
    const from = await create('diffs', {
      'old name.txt': moved,
      'b.txt': 'one\ntwo\nthree\n',
      'c.txt': 'c',
    });
    const { sha: to } = await forge.client.commitFiles(
      'diffs',
      {
        message: 'all kinds',
        files: [
          { path: 'old name.txt' },
          { path: 'new name.txt', content: moved },
          { path: 'b.txt', content: 'one\n2\nthree\n' },
          { path: 'c.txt' },
          { path: 'd.bin', content: 'AAEC', encoding: 'base64' },
          { path: 'e.txt', content: 'diff --git a/x b/x\n@@ -1 +1 @@\n' },
        ],
      },
      maya,
    );
    const diff = await forge.client.getDiff('diffs', { to: 'main' }, maya);
    expect(diff).toMatchObject({ from, to, truncated: false });
    const byPath = Object.fromEntries(
      diff.files.map(file => [file.path, file]),
    );
    expect(byPath['new name.txt']).toMatchObject({
      status: 'renamed',
      oldPath: 'old name.txt',
      hunks: [],
    });
    expect(byPath['c.txt']).toMatchObject({
      status: 'deleted',
      additions: 0,
      deletions: 1,
    });
    expect(byPath['d.bin']).toMatchObject({
      status: 'added',
      binary: true,
      hunks: [],
    });
    expect(byPath['e.txt'].hunks[0].lines).toEqual([
      { kind: 'added', text: 'diff --git a/x b/x' },
      { kind: 'added', text: '@@ -1 +1 @@' },
    ]);
    expect(byPath['b.txt']).toMatchObject({
      status: 'modified',
      additions: 1,
      deletions: 1,
    });
    expect(byPath['b.txt'].hunks).toEqual([
      {
        oldStart: 1,
        oldLines: 3,
        newStart: 1,
        newLines: 3,
        heading: '',
        lines: [
          { kind: 'context', text: 'one' },
          { kind: 'removed', text: 'two' },
          { kind: 'added', text: '2' },
          { kind: 'context', text: 'three' },
        ],
      },
    ]);
    const back = await forge.client.getDiff(
      'diffs',
      { from: to, to: from },
      maya,
    );
    expect(back.files.find(it => it.path === 'c.txt')?.status).toBe('added');
  });

  it('a diff larger than the forge shows says that it is cut', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 310 }, (_, n) => [`f${n}.txt`, `${n}\n`]),
    );
    await create('many', { ...many, 'a-large.txt': 'line\n'.repeat(5000) });
    const diff = await forge.client.getDiff('many', { to: 'main' }, maya);
    expect(diff.truncated).toBe(true);
    expect(diff.files).toHaveLength(300);
    expect(diff.files[0]).toMatchObject({
      path: 'a-large.txt',
      truncated: true,
      additions: 5000,
    });
  });
});
