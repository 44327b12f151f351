import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { ForgeClient } from '@ghostlight/plugin-forge-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeForge } from '../../__testUtils__/fakeForge';
import { ForgeCache, forgeApiRef, forgeCacheApiRef } from '../../api';
import { DocsTab } from './DocsTab';
import { listDocuments, nameOfDocument } from './listDocuments';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    annotations: { 'ghostlight.dev/repository': 'orders' },
  },
};

const entry = (path: string, type = 'file') => ({
  name: path.split('/').at(-1),
  path,
  type,
  mode: '100644',
});

const tree = (...entries: ReturnType<typeof entry>[]) => ({
  ref: 'main',
  path: '',
  truncated: false,
  entries,
});

const texts: Record<string, string> = {
  'docs/index.md':
    '# Orders\n\nSee [what to do](on-call.md) or [the code](../src/main.ts).',
  'docs/on-call.md': '# On call\n\nLook at Health first.',
  'README.md': '# Read me',
};

function openDocs(path: string, trees: Record<string, unknown> = {}) {
  const folders: Record<string, unknown> = {
    '': tree(
      entry('README.md'),
      entry('docs', 'folder'),
      entry('src', 'folder'),
    ),
    docs: tree(entry('docs/index.md'), entry('docs/on-call.md')),
    ...trees,
  };
  const { client } = fakeForge({
    'GET /repositories/orders/tree': ({ query }) => folders[query.path ?? ''],
    'GET /repositories/orders/file': ({ query }) => {
      const file = query.path ?? '';
      return {
        ref: 'main',
        sha: 'a'.repeat(40),
        path: file,
        mode: '100644',
        size: 10,
        binary: false,
        encoding: 'utf8',
        content: texts[file],
      };
    },
  });
  renderInTestApp(
    <EntityProvider entity={entity}>
      <DocsTab />
    </EntityProvider>,
    {
      initialRouteEntries: [path],
      apis: [
        [forgeApiRef, client],
        [forgeCacheApiRef, new ForgeCache()],
      ],
    },
  );
}

describe('the Docs tab', () => {
  it('opens the overview, and a link in it to another document opens that here', async () => {
    openDocs('/');
    const link = await screen.findByRole('link', { name: 'what to do' });
    expect(screen.getByRole('link', { name: 'Overview' })).toHaveAttribute(
      'aria-current',
      'page',
    );
    expect(screen.getByRole('link', { name: 'the code' })).toHaveAttribute(
      'href',
      expect.stringContaining('/orders/file/src/main.ts'),
    );
    expect(link.getAttribute('href')).toMatch(/\?page=docs%2Fon-call\.md$/);
    await userEvent.click(screen.getByRole('link', { name: 'On call' }));
    expect(await screen.findByText('Look at Health first.')).toBeVisible();
  });

  it('opens what the search found', async () => {
    openDocs('/?page=docs%2Fon-call.md');
    expect(await screen.findByText('Look at Health first.')).toBeVisible();
  });

  it('says so when the document is gone', async () => {
    openDocs('/?page=docs%2Fold.md');
    expect(
      await screen.findByText('There is no document docs/old.md'),
    ).toBeVisible();
  });

  it('says what to write while there is nothing', async () => {
    openDocs('/', { '': tree(entry('src', 'folder')) });
    expect(
      await screen.findByText('Nothing is written about it yet'),
    ).toBeVisible();
  });
});

it('lists at most 200 documents of folders that are not too deep, and says so', async () => {
  const many = Array.from({ length: 300 }, (_, i) => entry(`docs/${i}.md`));
  const forge: Pick<ForgeClient, 'getTree'> = {
    getTree: async (_name, { path } = {}) => ({
      ref: 'main',
      path: path ?? '',
      truncated: false,
      entries: (path ? many : [entry('docs', 'folder')]).map(each => ({
        ...each,
        name: each.name ?? '',
        type: each.type === 'folder' ? 'folder' : 'file',
      })),
    }),
  };
  const { paths, truncated } = await listDocuments(forge, 'orders', {});
  expect(paths).toHaveLength(200);
  expect(truncated).toBe(true);
});

it.each([
  ['README.md', 'Readme'],
  ['docs/index.md', 'Overview'],
  ['docs/on-call.md', 'On call'],
  ['docs/runbooks/disk_full.md', 'Runbooks / disk full'],
])('%s is called %s', (path, name) => {
  expect(nameOfDocument(path)).toBe(name);
});
