import { useApi } from '@backstage/frontend-plugin-api';
import type { HealthEvents } from '@ghostlight/plugin-health-common';
import { useQuery, UseQueryResult } from '@tanstack/react-query';
import { fallbackRefetchMs, healthQueriesApiRef } from '../api';

/** The Kubernetes events of an entity in one environment, kept current. */
export function useHealthEvents(
  entityRef: string,
  environment: string,
): UseQueryResult<HealthEvents> {
  const queries = useApi(healthQueriesApiRef);
  return useQuery(
    {
      ...queries.events(entityRef, environment),
      refetchInterval: fallbackRefetchMs,
    },
    queries.client,
  );
}
