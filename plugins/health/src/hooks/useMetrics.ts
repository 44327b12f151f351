import type {
  HealthMetrics,
  HealthWindow,
} from '@ghostlight/plugin-health-common';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHealthQueries } from './useHealthQueries';

export interface MetricsResult {
  /** The newest answer. */
  metrics?: HealthMetrics;
  /** The newest answer that had something to show; older than `metrics` while there is a problem. */
  lastGood?: HealthMetrics;
  /** Asking itself failed. */
  error?: Error;
  isFetching: boolean;
  refetch: () => void;
}

/** Metrics of an entity in one environment, kept current unless held still. */
export function useMetrics(
  entityRef: string,
  environment: string,
  window: HealthWindow,
  isHeld: boolean,
): MetricsResult {
  const queries = useHealthQueries();
  const query = useQuery(
    {
      ...queries.metrics(entityRef, environment, window),
      enabled: !isHeld,
      // The charts of one window stay until those of the next are there.
      placeholderData: keepPreviousData,
    },
    queries.client,
  );
  const [lastGood, setLastGood] = useState<HealthMetrics>();
  const metrics = query.data;
  if (metrics && metrics.workloads.length > 0 && metrics !== lastGood) {
    setLastGood(metrics);
  }
  return {
    metrics,
    lastGood,
    error: query.error ?? undefined,
    isFetching: query.isFetching,
    refetch: () => query.refetch(),
  };
}
