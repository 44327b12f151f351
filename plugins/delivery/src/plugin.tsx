import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { ANNOTATION_REPOSITORY } from '@ghostlight/plugin-forge-common';
import { RiShipLine } from '@remixicon/react';
import { deliveryApi, deliveryCacheApi, sourceApi } from './api';
import { forgeRouteRef } from './routes';

const deliveryContent = EntityContentBlueprint.make({
  params: {
    path: '/delivery',
    title: 'Delivery',
    filter: {
      kind: 'component',
      [`metadata.annotations.${ANNOTATION_REPOSITORY}`]: { $exists: true },
    },
    loader: () =>
      import('./components/DeliveryTab').then(({ DeliveryTab }) => (
        <DeliveryTab />
      )),
  },
});

export const deliveryPlugin = createFrontendPlugin({
  pluginId: 'delivery',
  title: 'Delivery',
  icon: <RiShipLine />,
  info: { packageJson: () => import('../package.json') },
  externalRoutes: { forge: forgeRouteRef },
  extensions: [deliveryApi, sourceApi, deliveryCacheApi, deliveryContent],
});
