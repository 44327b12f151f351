import { TestDatabases } from '@backstage/backend-test-utils';
import { GitClient, withPassword } from '../__testUtils__/GitClient';
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
});
