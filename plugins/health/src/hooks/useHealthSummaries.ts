import type { HealthSummary } from '@ghostlight/plugin-health-common';
import { useQueries } from '@tanstack/react-query';
import { useHealthQueries } from './useHealthQueries';

export interface HealthSummariesResult {
  /** By entity ref as asked for; missing while loading and for entities that cannot be seen. */
  summaries: ReadonlyMap<string, HealthSummary>;
  isLoading: boolean;
  error: Error | undefined;
}

/**
 * The health of many entities by one request, shared with every
 * `HealthStatusChip` on the page and kept current by signals.
 */
export function useHealthSummaries(
  entityRefs: readonly string[],
): HealthSummariesResult {
  const queries = useHealthQueries();
  const refs = [...new Set(entityRefs)];
  return useQueries(
    {
      queries: refs.map(entityRef => queries.summary(entityRef)),
      combine: results => ({
        summaries: new Map(
          results.flatMap((result, i): [string, HealthSummary][] =>
            result.data?.summary ? [[refs[i], result.data.summary]] : [],
          ),
        ),
        isLoading: results.some(result => result.isLoading),
        error: results.find(result => result.error)?.error ?? undefined,
      }),
    },
    queries.client,
  );
}
