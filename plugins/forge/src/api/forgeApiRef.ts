import { createApiRef } from '@backstage/frontend-plugin-api';
import type { ForgeClient } from '@ghostlight/plugin-forge-common';

/** The forge's API. */
export const forgeApiRef = createApiRef<ForgeClient>().with({
  id: 'plugin.forge.api',
  pluginId: 'forge',
});
