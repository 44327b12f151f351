import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { ForgeClient } from '@ghostlight/plugin-forge-common';
import { forgeApiRef } from './forgeApiRef';
import { ForgeCache, forgeCacheApiRef } from './ForgeCache';

export const forgeApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: forgeApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ForgeClient(deps),
    }),
});

export const forgeCacheApi = ApiBlueprint.make({
  name: 'cache',
  params: defineParams =>
    defineParams({
      api: forgeCacheApiRef,
      deps: {},
      factory: () => new ForgeCache(),
    }),
});
