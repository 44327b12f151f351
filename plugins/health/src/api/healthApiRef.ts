import { createApiRef } from '@backstage/frontend-plugin-api';
import type { HealthApi } from '@ghostlight/plugin-health-common';

/** What can be asked of the health backend. */
export const healthApiRef = createApiRef<HealthApi>().with({
  id: 'plugin.health.client',
  pluginId: 'health',
});
