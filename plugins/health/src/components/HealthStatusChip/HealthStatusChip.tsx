import { Skeleton } from '@backstage/ui';
import { reasonOf, Status } from '@ghostlight/plugin-ghostlight-react';
import { useQuery } from '@tanstack/react-query';
import { useHealthQueries } from '../../hooks';
import styles from './HealthStatusChip.module.css';

export interface HealthStatusChipProps {
  entityRef: string;
  /** Adds "3 of 3" after the status. */
  showReplicas?: boolean;
}

/**
 * The health of one entity in a list. All chips of a page are answered by one
 * request, and by none that `useHealthSummaries` has made already.
 */
export function HealthStatusChip(props: HealthStatusChipProps) {
  const { entityRef, showReplicas = false } = props;
  const queries = useHealthQueries();
  const { data, error, isPending } = useQuery(
    queries.summary(entityRef),
    queries.client,
  );
  if (isPending) {
    return <Skeleton width={80} height={20} rounded />;
  }
  const summary = data?.summary;
  if (!summary) {
    const why = error
      ? `Could not read it: ${reasonOf(error).message}`
      : 'Not visible';
    return (
      <span title={why}>
        <Status value="unknown" />
      </span>
    );
  }
  return (
    <span className={styles.root} title={summary.sentence}>
      <Status value={summary.status} />
      {showReplicas && summary.desired > 0 && (
        <span className={styles.replicas}>
          {summary.ready} of {summary.desired}
        </span>
      )}
    </span>
  );
}
