import { useApi, useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { ForgeClient } from '@ghostlight/plugin-forge-common';
import {
  keepPreviousData,
  useMutation,
  useQuery,
  UseQueryResult,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { forgeApiRef } from './forgeApiRef';
import { forgeCacheApiRef } from './ForgeCache';

function useForgeCache() {
  const cache = useApi(forgeCacheApiRef);
  const signals = useApiHolder().get(signalApiRef);
  useEffect(() => {
    if (signals) cache.listenTo(signals);
  }, [cache, signals]);
  return cache;
}

/**
 * Reads from the forge and keeps it current.
 *
 * @param key - begins with `repositories`, or with `repository` and a name, so that signals find it
 */
export function useForgeQuery<T>(
  key: readonly [
    'repositories' | 'repository' | 'tokens',
    ...(string | number | undefined)[],
  ],
  read: (forge: ForgeClient, options: { signal: AbortSignal }) => Promise<T>,
  options: { keepPrevious?: boolean } = {},
): UseQueryResult<T> {
  const forge = useApi(forgeApiRef);
  const cache = useForgeCache();
  return useQuery(
    {
      queryKey: key,
      queryFn: ({ signal }) => read(forge, { signal }),
      ...(options.keepPrevious && { placeholderData: keepPreviousData }),
    },
    cache.client,
  );
}

/** Writes to a repository of the forge, and reads again what is shown of it. */
export function useForgeMutation<TInput, T>(
  repository: string,
  write: (forge: ForgeClient, input: TInput) => Promise<T>,
) {
  const forge = useApi(forgeApiRef);
  const cache = useForgeCache();
  return useMutation(
    {
      mutationFn: (input: TInput) => write(forge, input),
      onSettled: () => {
        cache.refresh(repository);
        return cache.client.invalidateQueries({ queryKey: ['tokens'] });
      },
    },
    cache.client,
  );
}
