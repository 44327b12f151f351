import type { HealthEvents } from '@ghostlight/plugin-health-common';
import { useQuery, UseQueryResult } from '@tanstack/react-query';
import { fallbackRefetchMs } from '../api';
import { useHealthQueries } from './useHealthQueries';

/** The Kubernetes events of an entity in one environment, kept current. */
export function useHealthEvents(
  entityRef: string,
  environment: string,
): UseQueryResult<HealthEvents> {
  const queries = useHealthQueries();
  return useQuery(
    {
      ...queries.events(entityRef, environment),
      refetchInterval: fallbackRefetchMs,
    },
    queries.client,
  );
}
