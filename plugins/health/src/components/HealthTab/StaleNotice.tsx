import { ErrorState } from '@ghostlight/plugin-ghostlight-react';
import type { HealthReport } from '@ghostlight/plugin-health-common';
import type { UseQueryResult } from '@tanstack/react-query';

/** Stands above a report that could not be read again. */
export function StaleNotice(props: { query: UseQueryResult<HealthReport> }) {
  const { query } = props;
  if (!query.error) {
    return null;
  }
  return (
    <ErrorState
      what="Could not refresh: what follows is what was last read"
      error={query.error}
      onRetry={() => query.refetch()}
      isRetrying={query.isFetching}
    />
  );
}
