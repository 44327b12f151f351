import type { Alert } from '@ghostlight/plugin-health-common';
import { useQuery } from '@tanstack/react-query';
import { useHealthQueries } from '../../hooks';

/** The most refs the backend takes in one request. */
const mostRefs = 200;

export interface FiringAlerts {
  /** Worst first; missing until they were read once. */
  alerts: Alert[] | undefined;
  /** More fire than these. */
  isTruncated: boolean;
  isLoading: boolean;
  error: Error | undefined;
  refetch: () => void;
}

/** What fires now of some entities, kept current by signals. */
export function useFiringAlerts(entityRefs: readonly string[]): FiringAlerts {
  const queries = useHealthQueries();
  const refs = [...new Set(entityRefs)].sort().slice(0, mostRefs);
  const query = useQuery(
    {
      ...queries.alerts({ entityRefs: refs, state: 'firing', pageSize: 100 }),
      enabled: refs.length > 0,
    },
    queries.client,
  );
  return {
    alerts: query.data?.items,
    isTruncated: (query.data?.totalPages ?? 1) > 1,
    isLoading: query.isLoading,
    error: query.error ?? undefined,
    refetch: () => query.refetch(),
  };
}
