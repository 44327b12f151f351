import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { DeliveryClient } from '@ghostlight/plugin-delivery-common';
import { ForgeClient } from '@ghostlight/plugin-forge-common';
import { QueryClient } from '@tanstack/react-query';
import { deliveryApiRef, deliveryCacheApiRef, sourceApiRef } from './apiRefs';

const deps = { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef };

export const deliveryApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: deliveryApiRef,
      deps,
      factory: clients => new DeliveryClient(clients),
    }),
});

export const sourceApi = ApiBlueprint.make({
  name: 'source',
  params: defineParams =>
    defineParams({
      api: sourceApiRef,
      deps,
      factory: clients => new ForgeClient(clients),
    }),
});

export const deliveryCacheApi = ApiBlueprint.make({
  name: 'cache',
  params: defineParams =>
    defineParams({
      api: deliveryCacheApiRef,
      deps: {},
      factory: () =>
        new QueryClient({
          defaultOptions: {
            queries: { retry: 1, retryDelay: 500, staleTime: 5_000 },
          },
        }),
    }),
});
