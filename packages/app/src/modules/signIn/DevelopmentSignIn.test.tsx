import { discoveryApiRef } from '@backstage/core-plugin-api';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { DevelopmentSignIn } from './DevelopmentSignIn';

const people = [
  {
    ref: 'user:default/maya',
    name: 'Maya Lindqvist',
    role: 'Leads checkout',
    teams: [{ ref: 'group:default/team-checkout', name: 'Checkout' }],
  },
  { ref: 'user:default/sam', name: 'Sam Okafor', teams: [] },
];

function session(person: string) {
  return {
    profile: {},
    backstageIdentity: {
      token: `token of ${person}`,
      identity: {
        type: 'user',
        userEntityRef: person,
        ownershipEntityRefs: [person],
      },
    },
  };
}

const auth = 'http://localhost/api/auth/development';
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

beforeEach(() => {
  localStorage.clear();
  server.resetHandlers(
    http.get(`${auth}/people`, () => HttpResponse.json({ people })),
    http.get(`${auth}/refresh`, ({ request }) =>
      HttpResponse.json(
        session(request.headers.get('x-ghostlight-person') ?? ''),
      ),
    ),
  );
});

function show() {
  const onSignInSuccess = jest.fn();
  render(
    <TestApiProvider
      apis={[
        [
          discoveryApiRef,
          { getBaseUrl: async (id: string) => `http://localhost/api/${id}` },
        ],
      ]}
    >
      <DevelopmentSignIn onSignInSuccess={onSignInSuccess} />
    </TestApiProvider>,
  );
  return onSignInSuccess;
}

describe('DevelopmentSignIn', () => {
  it('offers everybody with what they do, and says that it is for development', async () => {
    show();
    const maya = await screen.findByRole('button', { name: /Maya Lindqvist/ });
    expect(maya).toHaveTextContent('Leads checkout');
    expect(maya).toHaveTextContent('Checkout');
    expect(screen.getByRole('button', { name: /Sam Okafor/ })).toBeVisible();
    expect(screen.getByText(/^Development only/)).toBeVisible();
  });

  it('signs in as the chosen person and remembers them', async () => {
    const onSignInSuccess = show();
    await userEvent.click(
      await screen.findByRole('button', { name: /Sam Okafor/ }),
    );
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    const [identity] = onSignInSuccess.mock.calls[0];
    expect(await identity.getCredentials()).toEqual({
      token: 'token of user:default/sam',
    });

    await identity.signOut();
    cleanup();
    show();
    expect(
      await screen.findByRole('button', { name: /Sam Okafor/ }),
    ).toHaveTextContent('last time');
  });

  it('is the same person again after a reload, without asking', async () => {
    localStorage.setItem('ghostlight.development.signedIn', people[0].ref);
    const onSignInSuccess = show();
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    const [identity] = onSignInSuccess.mock.calls[0];
    expect(await identity.getBackstageIdentity()).toMatchObject({
      userEntityRef: 'user:default/maya',
    });
    expect(screen.queryByText('Choose who you are')).not.toBeInTheDocument();
  });

  it('lets one choose again when the remembered person is gone', async () => {
    localStorage.setItem('ghostlight.development.signedIn', 'user:default/old');
    server.use(
      http.get(`${auth}/refresh`, () =>
        HttpResponse.json({ error: { message: 'gone' } }, { status: 404 }),
      ),
    );
    const onSignInSuccess = show();
    expect(
      await screen.findByText('Signing in as user:default/old failed'),
    ).toBeVisible();
    expect(
      await screen.findByRole('button', { name: /Maya Lindqvist/ }),
    ).toBeEnabled();
    expect(onSignInSuccess).not.toHaveBeenCalled();
    expect(localStorage.getItem('ghostlight.development.signedIn')).toBeNull();
  });

  it('asks again while the catalog knows nobody yet', async () => {
    let asked = 0;
    server.use(
      http.get(`${auth}/people`, () => {
        asked += 1;
        return HttpResponse.json({ people: asked < 2 ? [] : people });
      }),
    );
    show();
    expect(
      await screen.findByRole(
        'button',
        { name: /Maya Lindqvist/ },
        { timeout: 5_000 },
      ),
    ).toBeVisible();
  });

  it('says what failed and tries again on demand', async () => {
    server.use(
      http.get(`${auth}/people`, () => new HttpResponse('', { status: 503 })),
    );
    show();
    const retry = await screen.findByRole('button', { name: 'Try again' });
    expect(screen.getByText('The people could not be read')).toBeVisible();
    server.use(http.get(`${auth}/people`, () => HttpResponse.json({ people })));
    await userEvent.click(retry);
    expect(
      await screen.findByRole('button', { name: /Maya Lindqvist/ }),
    ).toBeVisible();
  });
});
