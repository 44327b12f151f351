import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  as,
  asService,
  CHECKOUT,
  MAYA,
  startForge,
} from './__testUtils__/startForge';
import { registerActions } from './actions';
import { OperationId, operations } from './operations';
import { BoundOperation } from './service/boundOperations';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
jest.setTimeout(60_000);

const name = 'orders';
const inputs: Record<OperationId, Record<string, unknown>> = {
  listRepositories: {},
  createRepository: { name: 'another', owner: CHECKOUT },
  getRepository: { name },
  deleteRepository: { name },
  listBranches: { name },
  createBranch: { name, branch: 'other' },
  listCommits: { name },
  getCommit: { name, sha: 'a'.repeat(40) },
  commitFiles: { name, message: 'm', files: [{ path: 'b', content: 'b' }] },
  getTree: { name },
  getFile: { name, path: 'a' },
  getDiff: { name, to: 'main' },
  listChangeRequests: { name },
  openChangeRequest: { name, title: 't', source: 'fix' },
  getChangeRequest: { name, number: 1 },
  getChangeRequestDiff: { name, number: 1 },
  mergeChangeRequest: { name, number: 1 },
  closeChangeRequest: { name, number: 1 },
  getReadAccess: { name },
  listTokens: {},
  createToken: {},
  deleteToken: { id: '00000000-0000-0000-0000-000000000000' },
};

describe('every operation', () => {
  const denied = new Set<string>();
  let forge: Awaited<ReturnType<typeof startForge>>;

  beforeAll(async () => {
    forge = await startForge(databases, { denied });
    await forge.client.createRepository(
      { name, owner: CHECKOUT, files: [{ path: 'a', content: 'a' }] },
      as(MAYA),
    );
    await forge.client.createBranch(name, { branch: 'fix' }, as(MAYA));
    await forge.client.openChangeRequest(
      name,
      { title: 't', source: 'fix' },
      as(MAYA),
    );
  });
  afterAll(() => forge.stop());
  afterEach(() => denied.clear());

  function call(id: OperationId, token: string | undefined) {
    const { method, path } = operations[id];
    const { ...rest } = inputs[id];
    const url = new URL(
      `${forge.origin}/api/forge${path.replace(/:(\w+)/g, (_, key) => {
        const value = String(rest[key]);
        delete rest[key];
        return value;
      })}`,
    );
    if (method === 'get') {
      for (const [key, value] of Object.entries(rest)) {
        url.searchParams.set(key, String(value));
      }
    }
    return fetch(url, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(method === 'post' && { body: JSON.stringify(rest) }),
    });
  }

  const ids = Object.keys(operations) as OperationId[];

  it.each(ids)('%s refuses who is not signed in', async id => {
    expect((await call(id, undefined)).status).toBe(401);
  });

  it.each(ids.filter(id => operations[id].permission))(
    '%s refuses who lacks the permission it declares',
    async id => {
      denied.add(operations[id].permission?.name ?? '');
      const who = id === 'getReadAccess' ? asService : as(MAYA);
      const answer = await call(id, who.token);
      expect(answer.status).toBe(403);
    },
  );

  it.each(ids.filter(id => id.endsWith('Token') || id.endsWith('Tokens')))(
    '%s is for people, not for services',
    async id => {
      expect((await call(id, asService.token)).status).toBe(403);
    },
  );
});

describe('actions of assistants', () => {
  const seen: unknown[] = [];
  const bound = Object.fromEntries(
    Object.entries(operations).map(
      ([id, operation]): [string, BoundOperation] => [
        id,
        {
          operation,
          run: async input => {
            seen.push(input);
            return { items: [], total: 0 };
          },
        },
      ],
    ),
  );
  const registry = actionsRegistryServiceMock();
  registerActions(registry, bound);

  it('are the operations, without those that give out secrets', async () => {
    const { actions } = await registry.list();
    const names = actions.map(action => action.name);
    expect(names).toContain('open-change-request');
    expect(names.filter(it => /token|access/.test(it))).toEqual([]);
    const byName = Object.fromEntries(actions.map(it => [it.name, it]));
    expect(byName['get-file'].attributes).toMatchObject({
      readOnly: true,
      destructive: false,
    });
    expect(byName['delete-repository'].attributes).toMatchObject({
      destructive: true,
    });
  });

  it('do what the operation does, with its defaults', async () => {
    const { output } = await registry.invoke({
      id: 'test:list-repositories',
      input: { search: 'orders' },
      credentials: mockCredentials.user(MAYA),
    });
    expect(output).toEqual({ items: [], total: 0 });
    expect(seen).toEqual([{ search: 'orders', page: 1, pageSize: 30 }]);
  });
});
