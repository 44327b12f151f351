import {
  discoveryApiRef,
  fetchApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { DeliveryClient } from '@ghostlight/plugin-delivery-common';
import { ForgeClient } from '@ghostlight/plugin-forge-common';
import { useMemo } from 'react';

/** The plugins that know what happened. */
export function useClients() {
  const discoveryApi = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  return useMemo(
    () => ({
      delivery: new DeliveryClient({ discoveryApi, fetchApi }),
      forge: new ForgeClient({ discoveryApi, fetchApi }),
    }),
    [discoveryApi, fetchApi],
  );
}
