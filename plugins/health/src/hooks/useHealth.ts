import type { HealthReport } from '@ghostlight/plugin-health-common';
import { useQuery, UseQueryResult } from '@tanstack/react-query';
import { fallbackRefetchMs } from '../api';
import { useHealthQueries } from './useHealthQueries';

/**
 * The health of one entity, kept current: by signals, and by a slow refetch
 * while the page is visible.
 */
export function useHealth(entityRef: string): UseQueryResult<HealthReport> {
  const queries = useHealthQueries();
  return useQuery(
    { ...queries.report(entityRef), refetchInterval: fallbackRefetchMs },
    queries.client,
  );
}
