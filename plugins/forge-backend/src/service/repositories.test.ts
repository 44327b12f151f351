import { TestDatabases } from '@backstage/backend-test-utils';
import { FORGE_REPOSITORY_TOPIC } from '@ghostlight/plugin-forge-node';
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

describe('repositories', () => {
  let forge: Awaited<ReturnType<typeof startForge>>;
  beforeAll(async () => {
    forge = await startForge(databases);
  });
  afterAll(() => forge.stop());

  const create = (name: string, more: object = {}, userRef = MAYA) =>
    forge.client.createRepository(
      {
        name,
        owner: CHECKOUT,
        files: [{ path: 'README.md', content: `# ${name}\n` }],
        ...more,
      },
      as(userRef),
    );

  const shas = async () =>
    (await forge.client.listRepositories({ search: 'again' }, as(MAYA))).items;

  it('a new one has its owner, its addresses and its first commit', async () => {
    const repository = await create('orders', {
      description: 'Takes orders',
      message: 'Begin',
    });
    expect(repository).toEqual({
      name: 'orders',
      description: 'Takes orders',
      owner: CHECKOUT,
      defaultBranch: 'main',
      createdAt: expect.any(String),
      createdBy: MAYA,
      cloneUrl: `${forge.origin}/api/forge/git/orders.git`,
      webUrl: 'http://localhost:3000/forge/orders',
      head: {
        sha: expect.stringMatching(/^[0-9a-f]{40}$/),
        message: 'Begin',
        author: { name: 'Maya Lind', email: 'maya@example.com', ref: MAYA },
        at: expect.any(String),
        parents: [],
      },
    });
    await eventually(() =>
      expect(forge.events).toContainEqual({
        topic: FORGE_REPOSITORY_TOPIC,
        payload: { repository: 'orders', action: 'created' },
      }),
    );
  });

  it('one without files is empty and says so everywhere', async () => {
    await create('empty', { files: undefined });
    const read = as(ELIAS);
    expect(await forge.client.getTree('empty', {}, read)).toEqual({
      ref: 'main',
      path: '',
      entries: [],
      truncated: false,
    });
    expect(await forge.client.listCommits('empty', {}, read)).toEqual({
      items: [],
    });
    expect(await forge.client.listBranches('empty', read)).toEqual([]);
    await expect(
      forge.client.getFile('empty', { path: 'README.md' }, read),
    ).rejects.toMatchObject({
      cause: {
        name: 'NotFoundError',
        message: "Repository 'empty' is empty, it has no file 'README.md'",
      },
    });
    const first = await forge.client.commitFiles(
      'empty',
      { message: 'First', files: [{ path: 'a.txt', content: 'a' }] },
      as(MAYA),
    );
    expect(first.parents).toEqual([]);
  });

  it('repeating with the same key gives the same repository, also all at once', async () => {
    const key = { idempotencyKey: 'task-1:publish' };
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => create('again', key)),
    );
    const later = await create('again', key);
    expect(new Set([...answers, later].map(it => it.head?.sha)).size).toBe(1);
    expect(await shas()).toHaveLength(1);
    await eventually(() => expect(forge.pushes('again')).toHaveLength(1));
  });

  it('a key is for one repository', async () => {
    await create('keyed', { idempotencyKey: 'one-key' });
    await expect(
      create('other-name', { idempotencyKey: 'one-key' }),
    ).rejects.toMatchObject({
      statusCode: 409,
      cause: { message: expect.stringContaining("made repository 'keyed'") },
    });
  });

  it('a name that is taken is a conflict, whoever asks', async () => {
    await create('taken', { idempotencyKey: 'mine' });
    const asElias = {
      owner: 'group:default/team-discovery',
      idempotencyKey: 'mine',
    };
    await expect(create('taken', asElias, ELIAS)).rejects.toMatchObject({
      statusCode: 409,
      cause: {
        name: 'ConflictError',
        message: expect.stringContaining('choose another name'),
      },
    });
  });

  it('nobody creates for a team they are not in, operators do', async () => {
    await expect(create('foreign', {}, ELIAS)).rejects.toMatchObject({
      statusCode: 403,
      cause: { message: expect.stringContaining('belongs to group:default') },
    });
    const repository = await create('by-operator', {}, SAM);
    expect(repository).toMatchObject({ owner: CHECKOUT, createdBy: SAM });
  });

  it.each([
    ['nobody', 'The catalog has no'],
    ['component:default/orders', 'belongs to a group or a user'],
    ['group:', 'is no entity ref'],
  ])('the owner %s is refused', async (owner, message) => {
    await expect(create('strange-owner', { owner })).rejects.toMatchObject({
      statusCode: 400,
      cause: { message: expect.stringContaining(message) },
    });
  });

  it.each([
    '..',
    '../x',
    'a/b',
    'Orders',
    '1st',
    'a',
    'x'.repeat(51),
    'a b',
    'a.git',
    '',
  ])('the name %j is refused', async name => {
    await expect(create(name)).rejects.toMatchObject({ statusCode: 400 });
  });

  it.each([
    '../outside',
    '/etc/passwd',
    'a/../../b',
    '.git/config',
    'a/.GIT/hooks/x',
    'git~1/x',
    '.g\u200cit/config',
    'a//b',
    'a\\b',
    'a\nb',
  ])('a file called %j is refused and nothing is made', async path => {
    await expect(
      create('bad-file', { files: [{ path, content: 'x' }] }),
    ).rejects.toMatchObject({ statusCode: 400 });
    expect(
      await forge.client.getRepository('bad-file', as(MAYA)),
    ).toBeUndefined();
  });

  it('a body over the limit is refused', async () => {
    await expect(
      create('too-large', {
        files: [{ path: 'a', content: 'x'.repeat(33 * 1024 * 1024) }],
      }),
    ).rejects.toMatchObject({ statusCode: 413 });
  });

  it('who is not signed in gets nothing', async () => {
    for (const path of ['repositories', 'repositories/orders', 'tokens']) {
      const answer = await fetch(`${forge.origin}/api/forge/${path}`);
      expect(answer.status).toBe(401);
    }
  });

  it('lists are searched, paged, and show the newest change first', async () => {
    for (const name of ['list-a', 'list-b', 'list-c']) await create(name);
    await forge.client.commitFiles(
      'list-a',
      { message: 'newer', files: [{ path: 'x', content: 'x' }] },
      as(MAYA),
    );
    const page = (n: number) =>
      forge.client.listRepositories(
        { search: 'list-', page: n, pageSize: 2 },
        as(ELIAS),
      );
    const [first, second] = [await page(1), await page(2)];
    expect(first.total).toBe(3);
    expect([...first.items, ...second.items].map(it => it.name)).toEqual([
      'list-a',
      'list-c',
      'list-b',
    ]);
    expect(first.items[0].head?.message).toBe('newer');
    const wildcard = await forge.client.listRepositories(
      { search: '%' },
      as(MAYA),
    );
    expect(wildcard.total).toBe(0);
  });

  it('an owner deletes it, with its files; others do not', async () => {
    await create('short-lived');
    await expect(
      forge.client.deleteRepository('short-lived', as(ELIAS)),
    ).rejects.toMatchObject({ statusCode: 403 });
    await forge.client.deleteRepository('short-lived', as(MAYA));
    expect(
      await forge.client.getRepository('short-lived', as(MAYA)),
    ).toBeUndefined();
    await eventually(() =>
      expect(forge.events).toContainEqual({
        topic: FORGE_REPOSITORY_TOPIC,
        payload: { repository: 'short-lived', action: 'deleted' },
      }),
    );
    expect((await create('short-lived')).head).toBeDefined();
  });

  it('a service may create, under its own name', async () => {
    const repository = await forge.client.createRepository(
      {
        name: 'by-service',
        owner: CHECKOUT,
        files: [{ path: 'a', content: 'a' }],
      },
      asService,
    );
    expect(repository.head?.author.name).toBe('Ghostlight');
  });
});
