import {
  ErrorState,
  Loading,
  TableSkeleton,
} from '@ghostlight/plugin-ghostlight-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

export interface AnswerProps<T> {
  query: UseQueryResult<T>;
  /** What is read, to go after "Reading" and "Could not read": "the files of orders". */
  what: string;
  children: (data: T) => ReactNode;
}

/** What was asked of the forge: on its way, failed with a way on, or here. */
export function Answer<T>(props: AnswerProps<T>) {
  const { query, what, children } = props;
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) {
    return (
      <ErrorState
        what={`Could not read ${what}`}
        error={query.error}
        onRetry={() => query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  return (
    <Loading label={`Reading ${what}`}>
      <TableSkeleton rows={5} />
    </Loading>
  );
}
