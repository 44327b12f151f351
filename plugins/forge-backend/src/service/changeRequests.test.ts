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

describe('change requests', () => {
  let forge: Awaited<ReturnType<typeof startForge>>;
  const maya = as(MAYA);
  beforeAll(async () => {
    forge = await startForge(databases);
  });
  afterAll(() => forge.stop());

  const write = (name: string, branch: string, path: string, content: string) =>
    forge.client.commitFiles(
      name,
      { branch, message: `${path} on ${branch}`, files: [{ path, content }] },
      maya,
    );

  /** A repository with a branch `fix` that changes `a.txt`, and a change request for it. */
  async function open(name: string) {
    await forge.client.createRepository(
      { name, owner: CHECKOUT, files: [{ path: 'a.txt', content: 'one\n' }] },
      maya,
    );
    await forge.client.createBranch(name, { branch: 'fix' }, maya);
    const { sha } = await write(name, 'fix', 'a.txt', 'fixed\n');
    const request = await forge.client.openChangeRequest(
      name,
      { title: 'Fix a', description: 'It was wrong.', source: 'fix' },
      maya,
    );
    return { request, sha };
  }

  it('one is opened, seen by everybody, and merged by fast-forward', async () => {
    const { request, sha } = await open('forward');
    expect(request).toMatchObject({
      number: 1,
      state: 'open',
      source: 'fix',
      target: 'main',
      author: MAYA,
      merge: { how: 'fast-forward', conflicts: [] },
      webUrl: 'http://localhost:3000/forge/forward/changes/1',
    });
    const { items, total } = await forge.client.listChangeRequests(
      'forward',
      { state: 'open' },
      as(ELIAS),
    );
    expect(total).toBe(1);
    expect(items[0].title).toBe('Fix a');
    const diff = await forge.client.getChangeRequestDiff(
      'forward',
      1,
      as(ELIAS),
    );
    expect(diff.files.map(it => it.path)).toEqual(['a.txt']);

    const merged = await forge.client.mergeChangeRequest(
      'forward',
      1,
      {},
      maya,
    );
    expect(merged).toMatchObject({
      state: 'merged',
      mergedSha: sha,
      closedBy: MAYA,
    });
    await eventually(() =>
      expect(forge.pushes('forward')).toContainEqual(
        expect.objectContaining({
          branch: 'main',
          after: sha,
          origin: 'merge',
          pusher: MAYA,
        }),
      ),
    );
    const after = await forge.client.getChangeRequestDiff('forward', 1, maya);
    expect(after.files).toEqual(diff.files);
  });

  it('where both sides went on, a merge commit joins them', async () => {
    const { sha } = await open('joined');
    const { sha: other } = await write('joined', 'main', 'b.txt', 'b\n');
    expect(
      (await forge.client.getChangeRequest('joined', 1, maya)).merge?.how,
    ).toBe('merge commit');
    const diff = await forge.client.getChangeRequestDiff('joined', 1, maya);
    expect(diff.files.map(it => it.path)).toEqual(['a.txt']);

    const { mergedSha } = await forge.client.mergeChangeRequest(
      'joined',
      1,
      {},
      maya,
    );
    const commit = await forge.client.getCommit('joined', mergedSha!, maya);
    expect(commit.parents).toEqual([other, sha]);
    expect(commit.message).toContain("Merge 'fix': Fix a");
    expect(commit.author.ref).toBe(MAYA);
    const { entries } = await forge.client.getTree('joined', {}, maya);
    expect(entries.map(it => it.name)).toEqual(['a.txt', 'b.txt']);
  });

  it('a conflict changes nothing, names the files and says what to do', async () => {
    await open('conflicting');
    const { sha } = await write('conflicting', 'main', 'a.txt', 'otherwise\n');
    expect(
      (await forge.client.getChangeRequest('conflicting', 1, maya)).merge,
    ).toEqual({ how: 'conflict', conflicts: ['a.txt'] });
    await expect(
      forge.client.mergeChangeRequest('conflicting', 1, {}, maya),
    ).rejects.toMatchObject({
      statusCode: 409,
      cause: {
        name: 'ConflictError',
        message: expect.stringMatching(
          /both changed a\.txt\. Nothing was merged\. Run 'git merge main' on 'fix'/,
        ),
      },
    });
    const repository = await forge.client.getRepository('conflicting', maya);
    expect(repository?.head?.sha).toBe(sha);
    expect(
      (await forge.client.getChangeRequest('conflicting', 1, maya)).state,
    ).toBe('open');
  });

  it('what was not reviewed is not merged', async () => {
    const { sha } = await open('sneaked');
    await write('sneaked', 'fix', 'a.txt', 'sneaked in\n');
    await expect(
      forge.client.mergeChangeRequest(
        'sneaked',
        1,
        { expectedHead: sha },
        maya,
      ),
    ).rejects.toMatchObject({ statusCode: 409 });
  });

  it('only owners open, merge and close', async () => {
    await open('guarded');
    const elias = as(ELIAS);
    const attempts = await Promise.allSettled([
      forge.client.openChangeRequest(
        'guarded',
        { title: 't', source: 'fix' },
        elias,
      ),
      forge.client.mergeChangeRequest('guarded', 1, {}, elias),
      forge.client.closeChangeRequest('guarded', 1, elias),
    ]);
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({
        status: 'rejected',
        reason: { statusCode: 403 },
      });
    }
  });

  it('one that is closed stays closed, and the branch may ask again', async () => {
    await open('closed');
    expect(
      (await forge.client.closeChangeRequest('closed', 1, maya)).state,
    ).toBe('closed');
    expect(
      (await forge.client.closeChangeRequest('closed', 1, maya)).state,
    ).toBe('closed');
    await expect(
      forge.client.mergeChangeRequest('closed', 1, {}, maya),
    ).rejects.toMatchObject({ statusCode: 409 });
    const again = await forge.client.openChangeRequest(
      'closed',
      { title: 'Again', source: 'fix' },
      maya,
    );
    expect(again.number).toBe(2);
  });

  it('two for the same branches, a branch into itself or from nowhere are refused', async () => {
    await open('refused');
    const ask = (source: string, target?: string) =>
      forge.client.openChangeRequest(
        'refused',
        { title: 't', source, target },
        maya,
      );
    await expect(ask('fix')).rejects.toMatchObject({ statusCode: 409 });
    await expect(ask('main')).rejects.toMatchObject({ statusCode: 400 });
    await expect(ask('nowhere')).rejects.toMatchObject({ statusCode: 404 });
    await expect(
      forge.client.getChangeRequest('refused', 99, maya),
    ).rejects.toMatchObject({ statusCode: 404 });
  });

  it('merged twice at once, it is merged once', async () => {
    await open('twice');
    await write('twice', 'main', 'b.txt', 'b\n');
    const results = await Promise.allSettled(
      [1, 2].map(() => forge.client.mergeChangeRequest('twice', 1, {}, maya)),
    );
    expect(results.some(it => it.status === 'fulfilled')).toBe(true);
    const { items } = await forge.client.listCommits('twice', {}, maya);
    expect(items.filter(it => it.parents.length === 2)).toHaveLength(1);
  });
});
