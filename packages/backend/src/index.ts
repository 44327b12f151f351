import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));

// Who people are and what they may do
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));
backend.add(import('@ghostlight/plugin-auth-backend-module-development'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@ghostlight/plugin-permission-backend-module-ghostlight'));

// What there is
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@ghostlight/plugin-catalog-backend-module-ghostlight'));

// Repositories and deployments
backend.add(import('@ghostlight/plugin-forge-backend'));
backend.add(import('@ghostlight/plugin-delivery-backend'));

// How it is
backend.add(import('@ghostlight/plugin-health-backend'));

// Create
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
backend.add(import('@ghostlight/plugin-scaffolder-backend-module-ghostlight'));

// Read and find
backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));
backend.add(import('@ghostlight/plugin-search-backend-module-ghostlight'));

// For assistants
backend.add(import('@backstage/plugin-mcp-actions-backend'));

// Half a portal helps nobody: when a plugin cannot start, say so and end.
backend.start().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
