import { useApi } from '@backstage/frontend-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import { isFinal } from '@ghostlight/plugin-delivery-common';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { deliveryApiRef, deliveryCacheApiRef, sourceApiRef } from './apiRefs';

const SHOWN = 20;

/** The newest deployments of a component, asked again when Delivery signals a change. */
export function useDeployments(entityRef: string) {
  const delivery = useApi(deliveryApiRef);
  const cache = useApi(deliveryCacheApiRef);
  const { lastSignal } = useSignal('delivery');
  useEffect(() => {
    if (lastSignal) cache.invalidateQueries({ queryKey: ['deployments'] });
  }, [lastSignal, cache]);
  return useQuery(
    {
      queryKey: ['deployments', entityRef],
      queryFn: async ({ signal }) =>
        (await delivery.list({ entityRef, pageSize: SHOWN }, { signal })).items,
      // Signals can be missed: a running one is looked at by itself too.
      refetchInterval: ({ state }) =>
        state.data?.some(each => !isFinal(each.state)) ? 3_000 : 30_000,
    },
    cache,
  );
}

export function useEnvironments() {
  const delivery = useApi(deliveryApiRef);
  return useQuery(
    {
      queryKey: ['environments'],
      queryFn: ({ signal }) => delivery.environments({ signal }),
    },
    useApi(deliveryCacheApiRef),
  );
}

/** The newest commits of a branch, the default one unless named. */
export function useCommits(repository: string, branch: string | undefined) {
  const source = useApi(sourceApiRef);
  return useQuery(
    {
      queryKey: ['commits', repository, branch],
      queryFn: async ({ signal }) =>
        (await source.listCommits(repository, { branch }, { signal })).items,
      refetchInterval: 15_000,
    },
    useApi(deliveryCacheApiRef),
  );
}

export function useCommit(repository: string, sha: string | undefined) {
  const source = useApi(sourceApiRef);
  return useQuery(
    {
      queryKey: ['commit', repository, sha],
      enabled: sha !== undefined,
      queryFn: ({ signal }) =>
        source.getCommit(repository, sha ?? '', { signal }),
    },
    useApi(deliveryCacheApiRef),
  );
}

/** The lines of a deployment so far, while somebody looks. */
export function useDeploymentLog(id: string, isRunning: boolean) {
  const delivery = useApi(deliveryApiRef);
  return useQuery(
    {
      queryKey: ['deployments', 'log', id],
      queryFn: ({ signal }) => delivery.log(id, 0, { signal }),
      refetchInterval: isRunning ? 2_000 : false,
    },
    useApi(deliveryCacheApiRef),
  );
}

export function useDeploy(repository: string, entityRef: string) {
  const delivery = useApi(deliveryApiRef);
  const cache = useApi(deliveryCacheApiRef);
  return useMutation(
    {
      mutationFn: (to: { sha: string; environment: string }) =>
        delivery.deploy({ repository, entityRef, ...to }),
      onSettled: () =>
        cache.invalidateQueries({ queryKey: ['deployments', entityRef] }),
    },
    cache,
  );
}
