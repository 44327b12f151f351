import { useSignal } from '@backstage/plugin-signals-react';
import { isFinal } from '@ghostlight/plugin-delivery-common';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useClients } from './useClients';

const KEY = ['deployments'];

/** The newest deployments of everybody, newest first; asked again when Delivery signals a change. */
export function useDeployments() {
  const { delivery } = useClients();
  const queries = useQueryClient();
  const { lastSignal } = useSignal('delivery');

  useEffect(() => {
    if (lastSignal) queries.invalidateQueries({ queryKey: KEY });
  }, [lastSignal, queries]);

  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) =>
      (await delivery.list({ pageSize: 100 }, { signal })).items,
    // Signals can be missed: a running one is looked at by itself too.
    refetchInterval: ({ state }) =>
      state.data?.some(d => !isFinal(d.state)) ? 3_000 : 30_000,
  });
}
