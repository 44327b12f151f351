import {
  ErrorState,
  formatPlural,
  Loading,
  Panel,
  TableSkeleton,
} from '@ghostlight/plugin-ghostlight-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHealthQueries } from '../../hooks';
import { AlertHistory, historyPageSize } from './AlertHistory';
import styles from './Alerts.module.css';
import { FiringList } from './FiringList';
import { NoAlerts } from './NoAlerts';

export interface AlertsProps {
  entityRef: string;
  environment: string;
}

/** What fires now, and what did. */
export function Alerts(props: AlertsProps) {
  const { entityRef, environment } = props;
  const queries = useHealthQueries();
  const [page, setPage] = useState(1);
  const about = { entityRefs: [entityRef], environment };
  const firing = useQuery(
    queries.alerts({ ...about, state: 'firing', pageSize: 100 }),
    queries.client,
  );
  const history = useQuery(
    queries.alerts({
      ...about,
      state: 'resolved',
      page,
      pageSize: historyPageSize,
    }),
    queries.client,
  );
  const failed = [firing, history].filter(query => query.error);
  const count = firing.data?.total ?? 0;
  return (
    <Panel
      title="Alerts"
      note={count > 0 ? `${formatPlural(count, 'alert')} firing` : undefined}
      flush
    >
      {failed[0]?.error && (
        <div className={styles.state}>
          <ErrorState
            what={
              failed[0].data
                ? 'Could not refresh the alerts: what follows is what was last read'
                : `Could not read the alerts in ${environment}`
            }
            error={failed[0].error}
            onRetry={() => failed.forEach(query => query.refetch())}
            isRetrying={failed.some(query => query.isFetching)}
          />
        </div>
      )}
      {failed.length === 0 && !(firing.data && history.data) && (
        <div className={styles.state}>
          <Loading label={`Reading the alerts in ${environment}`}>
            <TableSkeleton rows={2} />
          </Loading>
        </div>
      )}
      {firing.data && count > 0 && (
        <FiringList entityRef={entityRef} alerts={firing.data.items} />
      )}
      {firing.data && count === 0 && history.data && (
        <NoAlerts
          entityRef={entityRef}
          environment={environment}
          hadSome={history.data.total > 0}
        />
      )}
      {history.data && history.data.total > 0 && (
        <AlertHistory
          page={history.data}
          isOpen={count === 0}
          isTurning={history.isPlaceholderData}
          onPage={setPage}
        />
      )}
    </Panel>
  );
}
