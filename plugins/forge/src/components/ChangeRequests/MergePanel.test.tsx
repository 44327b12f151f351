import { screen } from '@testing-library/react';
import { aChangeRequest, aDiff } from '../../__testUtils__/fakeForge';
import { find, openForge } from '../../__testUtils__/openForge';

jest.setTimeout(60_000);

// In a file of its own: the permission API remembers its answers for as long as the page lives.
describe('a change request', () => {
  it('tells who does not own the repository who merges', async () => {
    openForge(
      '/forge/orders/changes/3',
      {
        'GET /repositories/orders/change-requests/3': () => aChangeRequest,
        'GET /repositories/orders/change-requests/3/diff': () => aDiff,
      },
      { mayWrite: false },
    );
    expect(
      await find(/Only group:default\/team-checkout and operators merge/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Merge/ }),
    ).not.toBeInTheDocument();
  });
});
