import { Button } from '@backstage/ui';
import {
  DataColumn,
  DataTable,
  formatClock,
  formatCount,
  RelativeTime,
  Status,
} from '@ghostlight/plugin-ghostlight-react';
import type { Alert, AlertPage } from '@ghostlight/plugin-health-common';
import { Acknowledged } from './Acknowledged';
import styles from './Alerts.module.css';
import { lastedWords, severityLooks } from './alertWords';

/** How many alerts that are over stand on a page. */
export const historyPageSize = 10;

const columns: DataColumn<Alert>[] = [
  {
    id: 'name',
    title: 'Alert',
    rowHeader: true,
    render: alert => alert.name,
  },
  {
    id: 'severity',
    title: 'Severity',
    render: ({ severity }) => (
      <Status {...severityLooks[severity]} variant="plain" />
    ),
  },
  {
    id: 'summary',
    title: 'What',
    render: ({ summary, resolution, acknowledged }) => (
      <div className={styles.cell}>
        {summary}
        {resolution && (
          <p className={styles.quiet}>Ended because {resolution}</p>
        )}
        {acknowledged && <Acknowledged acknowledged={acknowledged} />}
      </div>
    ),
  },
  {
    id: 'began',
    title: 'Began',
    render: ({ startedAt }) => (
      <RelativeTime at={startedAt} format={formatClock} />
    ),
  },
  {
    id: 'lasted',
    title: 'Lasted',
    numeric: true,
    render: alert => (
      <span className={styles.nowrap}>{lastedWords(alert)}</span>
    ),
  },
];

export interface AlertHistoryProps {
  page: AlertPage;
  /** Whether it is open before anybody asks for it. */
  isOpen: boolean;
  /** The page that was asked for is still on its way. */
  isTurning: boolean;
  onPage: (page: number) => void;
}

/** Alerts that are over, newest first. */
export function AlertHistory(props: AlertHistoryProps) {
  const { page, isOpen, isTurning, onPage } = props;
  return (
    <details className={styles.history} open={isOpen}>
      <summary className={styles.more}>
        History: {formatCount(page.total)} over
      </summary>
      <div aria-busy={isTurning}>
        <DataTable
          caption="Alerts that are over"
          columns={columns}
          rows={page.items}
          rowKey={alert => alert.id}
        />
      </div>
      {page.totalPages > 1 && (
        <nav className={styles.pager} aria-label="Pages of alerts">
          <Button
            size="small"
            variant="secondary"
            isDisabled={page.page <= 1}
            onPress={() => onPage(page.page - 1)}
          >
            Newer
          </Button>
          <span className={styles.quiet}>
            Page {page.page} of {page.totalPages}
          </span>
          <Button
            size="small"
            variant="secondary"
            isDisabled={page.page >= page.totalPages}
            onPress={() => onPage(page.page + 1)}
          >
            Older
          </Button>
        </nav>
      )}
    </details>
  );
}
