import type { DeployComparison } from '@ghostlight/plugin-health-common';
import { useQuery, UseQueryResult } from '@tanstack/react-query';
import { useHealthQueries } from './useHealthQueries';

/** What was measured before and after the last deploys, kept current. */
export function useComparison(
  entityRef: string,
  environment: string,
): UseQueryResult<DeployComparison> {
  const queries = useHealthQueries();
  return useQuery(queries.comparison(entityRef, environment), queries.client);
}
