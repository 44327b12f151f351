import {
  DataColumn,
  DataTable,
  EmptyState,
  ErrorState,
  formatCount,
  Loading,
  Panel,
  RelativeTime,
  Status,
  TableSkeleton,
} from '@ghostlight/plugin-ghostlight-react';
import type { HealthEvent } from '@ghostlight/plugin-health-common';
import { useHealthEvents } from '../../hooks';
import styles from './Events.module.css';

export interface EventsProps {
  entityRef: string;
  environment: string;
}

const columns: DataColumn<HealthEvent>[] = [
  {
    id: 'at',
    title: 'Last seen',
    rowHeader: true,
    render: event => (
      <span className={styles.when}>
        <RelativeTime at={event.at} />
      </span>
    ),
  },
  {
    id: 'reason',
    title: 'Event',
    render: ({ type, reason }) =>
      type === 'Warning' ? (
        <Status value="degraded" word={reason} variant="plain" />
      ) : (
        reason
      ),
  },
  {
    id: 'message',
    title: 'Message',
    render: event => <span className={styles.message}>{event.message}</span>,
  },
  {
    id: 'involved',
    title: 'Concerns',
    render: ({ involved }) => (
      <span className={styles.message}>
        {involved.kind} {involved.name}
      </span>
    ),
  },
  {
    id: 'count',
    title: 'Times',
    numeric: true,
    render: event => formatCount(event.count),
  },
];

/** What the cluster says it did, newest first. */
export function Events(props: EventsProps) {
  const { entityRef, environment } = props;
  const query = useHealthEvents(entityRef, environment);
  const events = query.data?.events;
  return (
    <Panel
      title="Events"
      note={query.data?.truncated ? 'the newest; there are more' : undefined}
      flush
    >
      {query.error && (
        <div className={styles.state}>
          <ErrorState
            what={`Could not read the events in ${environment}`}
            error={query.error}
            onRetry={() => query.refetch()}
            isRetrying={query.isFetching}
          />
        </div>
      )}
      {!events && !query.error && (
        <div className={styles.state}>
          <Loading label={`Reading the events in ${environment}`}>
            <TableSkeleton rows={3} />
          </Loading>
        </div>
      )}
      {events?.length === 0 && (
        <EmptyState title="No events">
          <p>
            Clusters forget events after about an hour: nothing happened to
            these workloads lately.
          </p>
        </EmptyState>
      )}
      {events && events.length > 0 && (
        <DataTable
          caption={`Events in ${environment}`}
          columns={columns}
          rows={events}
          rowKey={event =>
            [
              event.involved.kind,
              event.involved.name,
              event.reason,
              event.at,
              event.message,
            ].join('|')
          }
        />
      )}
    </Panel>
  );
}
