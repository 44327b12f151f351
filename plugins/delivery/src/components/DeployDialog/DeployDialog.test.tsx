import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { QueryClient } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { deliveryApiRef, deliveryCacheApiRef, sourceApiRef } from '../../api';
import { DeployDialog } from './DeployDialog';

// In a file of its own: the permission API remembers its answers for as long as the page lives.
it('says who may deploy to those who may not', async () => {
  const sha = 'a'.repeat(40);
  renderInTestApp(
    <DeployDialog
      sha={sha}
      entityRef="component:default/orders"
      repository="orders"
      standings={[
        {
          environment: {
            name: 'local',
            tier: 'development',
            deployOnPush: true,
          },
        },
      ]}
      onClose={() => {}}
    />,
    {
      apis: [
        [deliveryApiRef, {}],
        [
          sourceApiRef,
          {
            getCommit: async () => ({
              sha,
              message: 'Bound the cache',
              author: { name: 'Maya', email: '' },
              at: '2026-11-20T09:00:00Z',
              parents: [],
            }),
          },
        ],
        [deliveryCacheApiRef, new QueryClient()],
        [
          permissionApiRef,
          mockApis.permission({ authorize: AuthorizeResult.DENY }),
        ],
      ],
    },
  );
  expect(
    await screen.findByText(
      'Only owners of the component and operators deploy it.',
    ),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('button', { name: 'Deploy to local' }),
  ).toBeDisabled();
});
