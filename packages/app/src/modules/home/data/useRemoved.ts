import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

const NONE: ReadonlySet<string> = new Set();

/** Those of `entityRefs` that are not in the catalog any more; none until that is known. */
export function useRemoved(entityRefs: readonly string[]): ReadonlySet<string> {
  const catalog = useApi(catalogApiRef);
  const refs = [...new Set(entityRefs)].sort();
  const { data } = useQuery({
    queryKey: ['removed', refs],
    enabled: refs.length > 0,
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const { items } = await catalog.getEntitiesByRefs({
        entityRefs: refs,
        fields: ['kind'],
      });
      return new Set(refs.filter((_, at) => !items[at]));
    },
  });
  return data ?? NONE;
}
