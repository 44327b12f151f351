import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { IndexableDocument } from '@backstage/plugin-search-common';
import { FileContent, Repository, Tree } from '@ghostlight/plugin-forge-common';
import { DocumentReader } from './DocumentReader';
import { docDocuments, repositoryDocuments } from './documents';
import { ForgeReader } from './ForgeReader';

const commit = (sha: string) => ({
  sha,
  message: 'Bound the cache',
  author: { name: 'Maya', email: 'maya@example.com' },
  at: '2026-11-20T10:00:00.000Z',
  parents: [],
});

const repository = (name: string, sha = 'a'.repeat(40)): Repository => ({
  name,
  description: `All about ${name}`,
  owner: 'group:default/team-checkout',
  defaultBranch: 'main',
  createdAt: '2026-11-01T10:00:00.000Z',
  createdBy: 'user:default/maya',
  cloneUrl: '',
  webUrl: '',
  head: commit(sha),
});

/** A forge of files by `repository/path`, which counts what it was asked. */
function fakeForge(files: Record<string, string>, repositories: Repository[]) {
  const asked: string[] = [];
  return {
    asked,
    listRepositories: async ({ page = 1 }: { page?: number } = {}) => ({
      items: page === 1 ? repositories : [],
      total: repositories.length,
    }),
    getTree: async (
      name: string,
      { path = '' }: { path?: string } = {},
    ): Promise<Tree> => {
      asked.push(`${name}/${path}`);
      const prefix = path ? `${name}/${path}/` : `${name}/`;
      const entries = new Map<string, Tree['entries'][number]>();
      for (const file of Object.keys(files)) {
        if (file.startsWith(prefix)) {
          const [first, ...rest] = file.slice(prefix.length).split('/');
          const at = path ? `${path}/${first}` : first;
          const type = rest.length > 0 ? 'folder' : 'file';
          entries.set(first, { name: first, path: at, type, mode: '100644' });
        }
      }
      return {
        ref: 'main',
        path,
        truncated: false,
        entries: [...entries.values()],
      };
    },
    getFile: async (
      name: string,
      { path }: { path: string },
    ): Promise<FileContent> => {
      const content = files[`${name}/${path}`];
      if (content === undefined) throw new Error(`no ${path}`);
      return {
        ref: 'main',
        sha: 'a'.repeat(40),
        path,
        mode: '100644',
        size: content.length,
        binary: false,
        encoding: 'utf8',
        content,
      };
    },
  };
}

function readerOf(forge: ReturnType<typeof fakeForge>) {
  return new ForgeReader({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: 'orders',
            annotations: { 'ghostlight.dev/repository': 'orders' },
          },
        },
      ],
    }),
    forge,
  });
}

async function all<T extends IndexableDocument>(documents: AsyncGenerator<T>) {
  const found: T[] = [];
  for await (const document of documents) found.push(document);
  return found;
}

describe('what the search finds of the forge', () => {
  const files = {
    'orders/README.md':
      '# Orders\n\nTakes **orders**, see [runbook](docs/runbook.md).',
    'orders/docs/runbook.md':
      '# When it is down\n\n| who | when |\n| --- | ---: |\n| Maya | always |',
    'orders/docs/deep/er.md': 'No heading here',
    'orders/src/main.ts': 'not a document',
    'tools/README.md': '# Tools',
  };

  it('repositories with their description and last commit', async () => {
    const reader = readerOf(fakeForge(files, [repository('orders')]));
    expect(await all(repositoryDocuments(reader))).toEqual([
      {
        title: 'orders',
        text: 'All about orders\nBound the cache',
        location: '/forge/orders',
        owner: 'group:default/team-checkout',
      },
    ]);
  });

  it('documents on the Docs tab of their component, without it in the repository', async () => {
    const reader = readerOf(
      fakeForge(files, [repository('orders'), repository('tools')]),
    );
    const documents = new DocumentReader(reader, mockServices.logger.mock());
    const found = await all(docDocuments(reader, documents));
    expect(found.map(({ title, location }) => [title, location])).toEqual([
      [
        'orders: README.md',
        '/catalog/default/component/orders/documentation?page=README.md',
      ],
      [
        'orders: When it is down',
        '/catalog/default/component/orders/documentation?page=docs%2Frunbook.md',
      ],
      [
        'orders: docs/deep/er.md',
        '/catalog/default/component/orders/documentation?page=docs%2Fdeep%2Fer.md',
      ],
      ['tools: README.md', '/forge/tools/file/README.md'],
    ]);
    expect(found[0].text).toBe('Orders Takes orders , see runbook.');
    expect(found[1].text).toBe('When it is down who when Maya always');
  });

  it('reads a repository again only when it has moved, and keeps what it knew while it cannot be read', async () => {
    const forge = fakeForge({ ...files }, [repository('orders')]);
    const documents = new DocumentReader(
      readerOf(forge),
      mockServices.logger.mock(),
    );
    const first = await documents.read(repository('orders'));
    const asked = forge.asked.length;
    expect(await documents.read(repository('orders'))).toBe(first);
    expect(forge.asked).toHaveLength(asked);
    forge.getFile = async () => {
      throw new Error('the forge is away');
    };
    const moved = repository('orders', 'b'.repeat(40));
    expect(await documents.read(moved)).toBe(first);
  });

  it('finds nothing in an empty repository', async () => {
    const empty = { ...repository('empty'), head: undefined };
    const reader = readerOf(fakeForge({}, [empty]));
    const documents = new DocumentReader(reader, mockServices.logger.mock());
    expect(await all(docDocuments(reader, documents))).toEqual([]);
  });
});
