import { createApiRef } from '@backstage/frontend-plugin-api';
import type { DeliveryClient } from '@ghostlight/plugin-delivery-common';
import type { ForgeClient } from '@ghostlight/plugin-forge-common';
import type { QueryClient } from '@tanstack/react-query';

/** What this plugin asks of the delivery backend. */
export type DeliveryApi = Pick<
  DeliveryClient,
  'deploy' | 'environments' | 'list' | 'log' | 'proposeImport'
>;

/** What this plugin asks of the forge. */
export type SourceApi = Pick<
  ForgeClient,
  | 'commitFiles'
  | 'createBranch'
  | 'createRepository'
  | 'getCommit'
  | 'listCommits'
  | 'listRepositories'
  | 'openChangeRequest'
>;

export const deliveryApiRef = createApiRef<DeliveryApi>().with({
  id: 'plugin.delivery.client',
  pluginId: 'delivery',
});

export const sourceApiRef = createApiRef<SourceApi>().with({
  id: 'plugin.delivery.source',
  pluginId: 'delivery',
});

export const deliveryCacheApiRef = createApiRef<QueryClient>().with({
  id: 'plugin.delivery.cache',
  pluginId: 'delivery',
});
