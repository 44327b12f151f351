import { DevelopmentIdentity } from './DevelopmentIdentity';

const HOUR_MS = 3_600_000;

function session(token: string) {
  return {
    profile: { displayName: 'Maya Lindqvist', email: 'maya@example.com' },
    providerInfo: {},
    backstageIdentity: {
      token,
      expiresInSeconds: 3600,
      identity: {
        type: 'user',
        userEntityRef: 'user:default/maya',
        ownershipEntityRefs: [
          'user:default/maya',
          'group:default/team-checkout',
        ],
      },
    },
  };
}

function setup(answers: Array<() => Response>) {
  const requests: Request[] = [];
  const clock = { now: 0 };
  const onSignOut = jest.fn();
  const identity = new DevelopmentIdentity({
    person: 'user:default/maya',
    baseUrl: async () => 'http://localhost:7007/api/auth',
    onSignOut,
    now: () => clock.now,
    fetch: async (input, init) => {
      requests.push(new Request(input, init));
      const answer = answers[requests.length - 1];
      return answer();
    },
  });
  return { identity, requests, clock, onSignOut };
}

const ok = (token: string) => () => Response.json(session(token));

describe('DevelopmentIdentity', () => {
  it('asks for a session as the chosen person', async () => {
    const { identity, requests } = setup([ok('first')]);
    await identity.start();
    expect(requests[0].url).toBe(
      'http://localhost:7007/api/auth/development/refresh',
    );
    expect(requests[0].headers.get('x-ghostlight-person')).toBe(
      'user:default/maya',
    );
    expect(await identity.getCredentials()).toEqual({ token: 'first' });
    expect(await identity.getProfileInfo()).toMatchObject({
      displayName: 'Maya Lindqvist',
    });
    expect(await identity.getBackstageIdentity()).toMatchObject({
      userEntityRef: 'user:default/maya',
    });
    expect(requests).toHaveLength(1);
  });

  it('renews the token before it ends, once for all who ask', async () => {
    const { identity, requests, clock } = setup([ok('first'), ok('second')]);
    await identity.start();
    clock.now = HOUR_MS - 6 * 60_000;
    expect(await identity.getCredentials()).toEqual({ token: 'first' });
    clock.now = HOUR_MS - 4 * 60_000;
    const tokens = await Promise.all([
      identity.getCredentials(),
      identity.getCredentials(),
    ]);
    expect(tokens).toEqual([{ token: 'second' }, { token: 'second' }]);
    expect(requests).toHaveLength(2);
  });

  it('tells why a session was refused, and tries again when asked again', async () => {
    const { identity } = setup([
      () =>
        Response.json(
          { error: { name: 'NotFoundError', message: 'User not found' } },
          { status: 404 },
        ),
      ok('late'),
    ]);
    await expect(identity.start()).rejects.toThrow('404');
    expect(await identity.getCredentials()).toEqual({ token: 'late' });
  });

  it('says that it was signed out', async () => {
    const { identity, onSignOut } = setup([ok('first')]);
    await identity.start();
    await identity.signOut();
    expect(onSignOut).toHaveBeenCalledTimes(1);
  });
});
