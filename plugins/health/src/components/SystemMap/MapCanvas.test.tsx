import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { aMap } from '../../testing/map';
import { MapCanvas } from './MapCanvas';

it('leads from a component to its health, from anything else to its page, and from outside nowhere', async () => {
  const map = aMap();
  await renderInTestApp(
    <MapCanvas
      name="storefront"
      map={{
        ...map,
        nodes: [
          ...map.nodes,
          {
            id: 'resource:shared/orders-db',
            name: 'orders-db',
            member: false,
            status: 'unknown',
            sentence: 'Unknown. It does not run here.',
          },
        ],
      }}
    />,
    {
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
  expect(
    await screen.findByRole('link', { name: /^payments:/ }),
  ).toHaveAttribute('href', '/catalog/default/component/payments/health');
  expect(screen.getByRole('link', { name: /^orders-db:/ })).toHaveAttribute(
    'href',
    '/catalog/shared/resource/orders-db',
  );
  expect(screen.getByText('Outside').closest('a')).toBeNull();
});
