import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aChangeRequest,
  aCommit,
  aDiff,
  aRepository,
  Refusal,
} from '../__testUtils__/fakeForge';
import { find, openForge as open } from '../__testUtils__/openForge';

jest.setTimeout(60_000);

describe('the list of repositories', () => {
  it('tells name, owner and last commit, and is searched by the forge', async () => {
    const { requests } = open('/forge', {
      'GET /repositories': ({ query }) =>
        query.search
          ? { items: [], total: 0 }
          : { items: [aRepository], total: 1 },
    });
    expect(await find('Takes orders')).toBeInTheDocument();
    const row = screen.getByRole('row', { name: /orders/ });
    expect(within(row).getByRole('link', { name: 'orders' })).toHaveAttribute(
      'href',
      '/forge/orders',
    );
    expect(within(row).getByText('Takes orders')).toBeInTheDocument();
    expect(within(row).getByText('team-checkout')).toBeInTheDocument();
    expect(within(row).getByText('9f31c2a')).toBeInTheDocument();

    await userEvent.type(screen.getByRole('searchbox'), 'zzz');
    expect(await find('No repository matches "zzz"')).toBeInTheDocument();
    expect(requests.at(-1)?.query).toMatchObject({ search: 'zzz', page: '1' });
  });

  it('says what to do while there are none', async () => {
    open('/forge', { 'GET /repositories': () => ({ items: [], total: 0 }) });
    expect(await find('There are no repositories yet')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Create a service' }),
    ).toHaveAttribute('href', '/create');
  });

  it('says what failed and tries again', async () => {
    let broken = true;
    open('/forge', {
      'GET /repositories': () =>
        broken
          ? new Refusal(503, 'ServiceUnavailableError', 'The database is away')
          : { items: [aRepository], total: 1 },
    });
    expect(await find('Could not read the repositories')).toBeInTheDocument();
    expect(screen.getByText('The database is away')).toBeInTheDocument();
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await find('Takes orders')).toBeInTheDocument();
  });
});

const files = {
  'GET /repositories/orders/tree': ({ query }: any) => ({
    ref: query.ref ?? 'main',
    sha: aCommit.sha,
    path: query.path ?? '',
    truncated: false,
    entries: query.path
      ? [
          {
            name: 'cache.ts',
            path: 'src/cache.ts',
            type: 'file',
            mode: '100644',
            size: 12,
          },
        ]
      : [
          { name: 'src', path: 'src', type: 'folder', mode: '040000' },
          {
            name: 'README.md',
            path: 'README.md',
            type: 'file',
            mode: '100644',
            size: 30,
          },
        ],
  }),
  'GET /repositories/orders/file': ({ query }: any) => ({
    ref: 'main',
    sha: aCommit.sha,
    path: query.path,
    mode: '100644',
    size: 30,
    binary: false,
    encoding: 'utf8',
    content:
      query.path === 'README.md'
        ? '# About orders\n\nSee [the cache](src/cache.ts).\n<img src=x onerror=alert(1)>'
        : 'first();\nsecond();\n',
  }),
};

describe('a repository', () => {
  it('shows its files and its README, whose links open files here', async () => {
    open('/forge/orders', files);
    expect(await find('About orders')).toBeInTheDocument();
    const list = screen.getByRole('list', { name: 'Files and folders' });
    expect(
      within(list)
        .getAllByRole('link')
        .map(link => link.textContent),
    ).toEqual(['src/', 'README.md']);
    expect(screen.getByRole('link', { name: 'the cache' })).toHaveAttribute(
      'href',
      '/forge/orders/file/src/cache.ts',
    );
    expect(document.querySelector('img[onerror]')).toBeNull();
  });

  it('goes down into a folder, to a file with numbered lines, by keyboard', async () => {
    const { requests } = open('/forge/orders?ref=fix%2Fcache', files);
    const folder = await screen.findByRole(
      'link',
      { name: 'src/' },
      { timeout: 15_000 },
    );
    folder.focus();
    await userEvent.keyboard('{Enter}');
    const file = await screen.findByRole('link', { name: 'cache.ts' });
    file.focus();
    await userEvent.keyboard('{Enter}');
    expect(await find('second();')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Line 2' })).toHaveAttribute(
      'href',
      '#L2',
    );
    expect(
      screen.queryByRole('link', { name: 'Line 3' }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('2 lines, 30 B')).toBeInTheDocument();
    expect(requests.at(-1)?.query).toEqual({
      ref: 'fix/cache',
      path: 'src/cache.ts',
    });
  });

  it('says so when a file is too large or no text', async () => {
    open('/forge/orders/file/model.bin', {
      'GET /repositories/orders/file': () => ({
        ref: 'main',
        sha: aCommit.sha,
        path: 'model.bin',
        mode: '100644',
        size: 5 * 1024 * 1024,
        binary: true,
      }),
    });
    expect(await find('5 MiB are too much to show here')).toBeInTheDocument();
  });

  it('gives the commands to clone, and a password only when asked for', async () => {
    const { requests } = open('/forge/orders', {
      ...files,
      'POST /tokens': () => ({
        id: '1',
        description: 'Clone of orders',
        createdAt: '2026-11-20T10:00:00.000Z',
        expiresAt: '2099-12-20T10:00:00.000Z',
        token: 'glf_secret',
        username: 'maya',
      }),
    });
    expect(
      await find(
        /git clone http:\/\/localhost:7007\/api\/forge\/git\/orders\.git/,
      ),
    ).toBeInTheDocument();
    expect(requests.some(it => it.method === 'POST')).toBe(false);
    await userEvent.click(
      screen.getByRole('button', { name: 'Create a git token' }),
    );
    expect(
      await find(/git clone http:\/\/maya:glf_secret@localhost:7007/),
    ).toBeInTheDocument();
    expect(screen.getByText(/it is shown only now/)).toBeInTheDocument();
  });

  it('says how to begin while it is empty', async () => {
    open('/forge/orders', {
      'GET /repositories/orders/tree': () => ({
        ref: 'main',
        path: '',
        entries: [],
        truncated: false,
      }),
    });
    expect(await find('Nothing is committed yet')).toBeInTheDocument();
  });

  it('says so when there is none of that name', async () => {
    open('/forge/nothing');
    expect(await find('There is no repository "nothing"')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'All repositories' }),
    ).toHaveAttribute('href', '/forge');
  });

  it('shows history and what a commit changed, line by line', async () => {
    open('/forge/orders/commits', {
      'GET /repositories/orders/commits': () => ({ items: [aCommit] }),
      [`GET /repositories/orders/commits/${aCommit.sha}`]: () => aCommit,
      'GET /repositories/orders/diff': () => aDiff,
    });
    const link = await screen.findByRole(
      'link',
      { name: '9f31c2a' },
      { timeout: 15_000 },
    );
    await userEvent.click(link);
    expect(
      await find('1 file changed, 1 line added, 1 line removed'),
    ).toBeInTheDocument();
    expect(screen.getByText('They are asked for often.')).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Deploy this commit' }),
    ).toHaveAttribute(
      'href',
      `/catalog/default/component/orders/delivery?commit=${aCommit.sha}`,
    );
    const changes = screen.getByRole('table', {
      name: 'Changes of src/cache.ts',
    });
    expect(
      within(changes)
        .getAllByRole('row')
        .map(row => row.textContent),
    ).toEqual([
      'Line 7, class Cache',
      '77 const size = 10;',
      '8-bounded();',
      '8+unbounded();',
    ]);
  });

  it('shows branches', async () => {
    open('/forge/orders/branches');
    const row = await screen.findByRole(
      'row',
      { name: /fix\/cache/ },
      { timeout: 15_000 },
    );
    expect(
      within(row).getByRole('link', { name: 'fix/cache' }),
    ).toHaveAttribute('href', '/forge/orders?ref=fix%2Fcache');
  });

  it('is deleted only once its name was typed', async () => {
    const { requests } = open('/forge/orders/branches', {
      'DELETE /repositories/orders': () => ({ name: 'orders' }),
      'GET /repositories': () => ({ items: [], total: 0 }),
    });
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Delete repository' },
        { timeout: 15_000 },
      ),
    );
    const dialog = await screen.findByRole('dialog');
    const button = within(dialog).getByRole('button', {
      name: 'Delete orders',
    });
    expect(button).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox'), 'orders');
    await userEvent.click(button);
    expect(await find('There are no repositories yet')).toBeInTheDocument();
    expect(requests).toContainEqual(
      expect.objectContaining({
        method: 'DELETE',
        path: '/repositories/orders',
      }),
    );
  });

  it('a link from elsewhere to a file of it opens the file', async () => {
    open('/forge/orders/catalog-info.yaml', files);
    expect(await find('second();')).toBeInTheDocument();
  });
});

describe('a change request', () => {
  const request = (more: object = {}) => ({
    'GET /repositories/orders/change-requests/3': () => ({
      ...aChangeRequest,
      ...more,
    }),
    'GET /repositories/orders/change-requests/3/diff': () => aDiff,
  });

  it('is merged by an owner after a second look, exactly as it was shown', async () => {
    const { requests } = open('/forge/orders/changes/3', {
      ...request(),
      'POST /repositories/orders/change-requests/3/merge': () => ({
        ...aChangeRequest,
        state: 'merged',
      }),
    });
    expect(await find('3: Bound the cache')).toBeInTheDocument();
    const button = await screen.findByRole('button', {
      name: 'Merge into main',
    });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText(/deploy on push/)).toBeInTheDocument();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Merge' }),
    );
    await waitFor(() =>
      expect(requests).toContainEqual(
        expect.objectContaining({
          path: '/repositories/orders/change-requests/3/merge',
          body: { expectedHead: aDiff.to },
        }),
      ),
    );
  });

  it('that conflicts cannot be merged and says how to settle it', async () => {
    open(
      '/forge/orders/changes/3',
      request({ merge: { how: 'conflict', conflicts: ['a.txt', 'b.txt'] } }),
    );
    expect(
      await find(/both branches changed 2 files \(a\.txt, b\.txt\)/),
    ).toBeInTheDocument();
    expect(await find(/git merge origin\/main/)).toBeInTheDocument();
    expect(
      await screen.findByRole('button', { name: 'Merge into main' }),
    ).toBeDisabled();
  });

  it('that moved meanwhile says so', async () => {
    open('/forge/orders/changes/3', {
      ...request(),
      'POST /repositories/orders/change-requests/3/merge': () =>
        new Refusal(409, 'ConflictError', "Branch 'fix/cache' moved"),
    });
    const button = await screen.findByRole(
      'button',
      { name: 'Merge into main' },
      { timeout: 15_000 },
    );
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Merge' }),
    );
    expect(await find("Branch 'fix/cache' moved")).toBeInTheDocument();
  });

  it('is opened from a branch', async () => {
    const { requests } = open('/forge/orders/changes', {
      'GET /repositories/orders/change-requests': () => ({
        items: [],
        total: 0,
      }),
      'POST /repositories/orders/change-requests': () => aChangeRequest,
      ...request(),
    });
    expect(await find('No change request is open')).toBeInTheDocument();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Open a change request' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByLabelText(/Title/),
      'Bound the cache',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: /Branch to merge/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'fix/cache' }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Open change request' }),
    );
    expect(await find('3: Bound the cache')).toBeInTheDocument();
    expect(requests).toContainEqual(
      expect.objectContaining({
        method: 'POST',
        body: { title: 'Bound the cache', source: 'fix/cache' },
      }),
    );
  });
});
