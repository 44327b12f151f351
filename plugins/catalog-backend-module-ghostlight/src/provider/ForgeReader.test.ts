import { mockServices } from '@backstage/backend-test-utils';
import { ForgeClient, Repository } from '@ghostlight/plugin-forge-common';
import { ForgeReader } from './ForgeReader';

const good = (title: string) =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: orders, title: ${title}}\n`;
const sha = (digit: string) => digit.repeat(40);

/** A forge over HTTP with one repository of these versions of catalog-info.yaml, newest first. */
function readerOf(versions: Array<string | undefined>) {
  const asked: string[] = [];
  const answer = (body: object, status = 200) =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json' },
    });
  const forge = new ForgeClient({
    discoveryApi: { getBaseUrl: async () => 'http://forge.test' },
    fetchApi: {
      fetch: async input => {
        const url = new URL(new Request(input).url);
        asked.push(url.pathname);
        if (url.pathname.endsWith('/commits')) {
          return answer({
            items: versions.map((_, n) => ({ sha: sha(`${n}`) })),
          });
        }
        const content = versions[Number(url.searchParams.get('ref')?.[0])];
        return content === undefined
          ? answer({ error: { name: 'NotFoundError', message: 'none' } }, 404)
          : answer({ content, encoding: 'utf8' });
      },
    },
  });
  const repository: Repository = {
    name: 'orders',
    owner: 'group:default/team-checkout',
    defaultBranch: 'main',
    createdAt: '2026-11-21T10:00:00Z',
    createdBy: 'user:default/maya',
    cloneUrl: 'http://forge.test/orders.git',
    webUrl: 'http://portal/forge/orders',
    head: {
      sha: sha('0'),
      message: 'm',
      at: '2026-11-21T10:00:00Z',
      author: { name: 'Maya', email: 'maya@example.com' },
      parents: [],
    },
  };
  return {
    asked,
    read: () =>
      new ForgeReader(forge, mockServices.auth()).entities(repository),
    repository,
  };
}

describe('ForgeReader', () => {
  it('reads the newest catalog-info.yaml', async () => {
    const { read, asked } = readerOf([good('new'), good('old')]);
    const { entities, problems } = await read();
    expect(entities).toMatchObject([{ metadata: { title: 'new' } }]);
    expect(problems).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('goes back to the last good version, with what is wrong with the newest', async () => {
    const { read } = readerOf([
      'a: [',
      'kind: User',
      good('last'),
      good('first'),
    ]);
    const { entities, problems } = await read();
    expect(entities).toMatchObject([{ metadata: { title: 'last' } }]);
    expect(problems).toEqual([expect.stringContaining('catalog-info.yaml:1')]);
  });

  it('finds nothing in a repository without the file', async () => {
    const { read } = readerOf([undefined]);
    expect(await read()).toMatchObject({ entities: [], problems: [] });
  });
});
