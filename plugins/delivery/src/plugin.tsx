import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { ANNOTATION_REPOSITORY } from '@ghostlight/plugin-forge-common';
import { RiInboxArchiveLine, RiShipLine } from '@remixicon/react';
import { deliveryApi, deliveryCacheApi, sourceApi } from './api';
import { forgeRouteRef, importRouteRef } from './routes';

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

const importPage = PageBlueprint.make({
  name: 'import',
  params: {
    path: '/import',
    title: 'Import a service',
    icon: <RiInboxArchiveLine />,
    routeRef: importRouteRef,
    loader: () =>
      import('./components/ImportPage').then(({ ImportPage }) => (
        <ImportPage />
      )),
  },
});

export const deliveryPlugin = createFrontendPlugin({
  pluginId: 'delivery',
  title: 'Delivery',
  icon: <RiShipLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { import: importRouteRef },
  externalRoutes: { forge: forgeRouteRef },
  extensions: [
    deliveryApi,
    sourceApi,
    deliveryCacheApi,
    deliveryContent,
    importPage,
  ],
});
