import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, within } from '@testing-library/react';
import catalogModule from './alpha';
import { healthApiRef } from './api';
import { healthPlugin } from './plugin';
import { FakeHealthApi } from './testing/FakeHealthApi';

function component(name: string, annotations: Record<string, string>) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service', owner: 'team-checkout' },
  };
}

it('shows health in the table of the catalog, by one request, for what runs', async () => {
  const healthApi = new FakeHealthApi({
    summaries: {
      'component:default/orders': {
        status: 'degraded',
        sentence: 'Degraded. 2 of 3 replicas ready.',
        ready: 2,
        desired: 3,
      },
    },
  });
  renderTestApp({
    features: [catalogPlugin, healthPlugin, catalogModule],
    initialRouteEntries: ['/catalog?filters[user]=all'],
    apis: [
      [healthApiRef, healthApi],
      [permissionApiRef, mockApis.permission()],
      [
        catalogApiRef,
        catalogApiMock({
          entities: [
            component('orders', { 'backstage.io/kubernetes-id': 'orders' }),
            component('payments', { 'backstage.io/kubernetes-id': 'payments' }),
            component('design-system', {}),
          ],
        }),
      ],
    ],
  });
  expect(await screen.findByText('Degraded')).toBeInTheDocument();
  expect(
    within(screen.getByRole('row', { name: /^orders/ })).getByText('2 of 3'),
  ).toBeInTheDocument();
  expect(
    within(screen.getByRole('row', { name: /^design-system/ })).getByText(
      'Not connected',
    ),
  ).toBeInTheDocument();
  expect(healthApi.summaryRequests).toEqual([
    ['component:default/orders', 'component:default/payments'],
  ]);
});
