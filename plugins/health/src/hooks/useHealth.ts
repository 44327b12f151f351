import { useApi } from '@backstage/frontend-plugin-api';
import type { HealthReport } from '@ghostlight/plugin-health-common';
import { useQuery, UseQueryResult } from '@tanstack/react-query';
import { fallbackRefetchMs, healthQueriesApiRef } from '../api';

/**
 * The health of one entity, kept current: by signals, and by a slow refetch
 * while the page is visible.
 */
export function useHealth(entityRef: string): UseQueryResult<HealthReport> {
  const queries = useApi(healthQueriesApiRef);
  return useQuery(
    { ...queries.report(entityRef), refetchInterval: fallbackRefetchMs },
    queries.client,
  );
}
