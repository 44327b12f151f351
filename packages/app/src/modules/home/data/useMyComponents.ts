import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { byWorkloadThenName, toComponent } from '../facts/component';

/** More than this many are a job for the catalog, not for a glance. */
const LIMIT = 200;

/** The components that one of `claims` owns. */
export function useMyComponents(claims: readonly string[] | undefined) {
  const catalog = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['my components', claims],
    enabled: claims !== undefined,
    refetchInterval: 30_000,
    queryFn: async () => {
      const { items } = await catalog.queryEntities({
        filter: { kind: 'component', 'relations.ownedBy': [...(claims ?? [])] },
        fields: ['kind', 'metadata', 'spec.system'],
        limit: LIMIT,
      });
      return items.map(toComponent).sort(byWorkloadThenName);
    },
  });
}
