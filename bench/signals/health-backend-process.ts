// A backend with the catalog and Health, and 1,000 components: what the summaries of a long list are asked of.
import { createBackend } from '@backstage/backend-defaults';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';

const entities = Array.from({ length: 1_000 }, (_, i) => ({
  locationKey: 'bench',
  entity: {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: `service-${i}`,
      namespace: 'default',
      annotations: {
        'backstage.io/kubernetes-id': `service-${i}`,
        'backstage.io/managed-by-location': 'url:https://example.com/bench',
        'backstage.io/managed-by-origin-location':
          'url:https://example.com/bench',
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'group:guests' },
  },
}));

const components = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'bench-components',
  register(reg) {
    reg.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addEntityProvider({
          getProviderName: () => 'bench',
          connect: connection =>
            connection.applyMutation({ type: 'full', entities }),
        });
      },
    });
  },
});

const backend = createBackend();
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(components);
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@ghostlight/plugin-health-backend'));
backend.start();
