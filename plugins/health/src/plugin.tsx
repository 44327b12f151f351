import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiHeartPulseLine } from '@remixicon/react';
import { healthApi, healthQueriesApi } from './api';
import { forgeRouteRef } from './routes';

const healthContent = EntityContentBlueprint.make({
  params: {
    path: '/health',
    title: 'Health',
    filter: { kind: 'component' },
    loader: () =>
      import('./components/HealthTab').then(({ HealthTab }) => <HealthTab />),
  },
});

const systemMapContent = EntityContentBlueprint.make({
  name: 'map',
  params: {
    path: '/health-map',
    title: 'Health',
    filter: { kind: 'system' },
    loader: () =>
      import('./components/SystemMap').then(({ SystemMapTab }) => (
        <SystemMapTab />
      )),
  },
});

const healthCard = EntityCardBlueprint.make({
  params: {
    type: 'content',
    filter: { kind: 'component' },
    loader: () =>
      import('./components/Overview').then(({ HealthCard }) => <HealthCard />),
  },
});

const alertsCard = EntityCardBlueprint.make({
  name: 'alerts',
  params: {
    type: 'content',
    filter: { kind: 'component' },
    loader: () =>
      import('./components/AlertsCard').then(({ AlertsCard }) => (
        <AlertsCard />
      )),
  },
});

const serviceFileCard = EntityCardBlueprint.make({
  name: 'service-file',
  params: {
    type: 'content',
    filter: { kind: 'component' },
    loader: () =>
      import('./components/ServiceFile').then(({ ServiceFileCard }) => (
        <ServiceFileCard />
      )),
  },
});

export const healthPlugin = createFrontendPlugin({
  pluginId: 'health',
  title: 'Health',
  icon: <RiHeartPulseLine />,
  info: { packageJson: () => import('../package.json') },
  externalRoutes: { forge: forgeRouteRef },
  extensions: [
    healthApi,
    healthQueriesApi,
    healthContent,
    systemMapContent,
    healthCard,
    alertsCard,
    serviceFileCard,
  ],
});
