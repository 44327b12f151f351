import {
  DataColumn,
  DataTable,
  formatNumber,
  Status,
} from '@ghostlight/plugin-ghostlight-react';
import type { BurnRate } from '@ghostlight/plugin-health-common';
import { durationWords } from './durationWords';
import styles from './Objectives.module.css';
import { burnWords } from './objectiveWords';

const columns: DataColumn<BurnRate>[] = [
  {
    id: 'windows',
    title: 'Windows',
    rowHeader: true,
    render: ({ longWindow, shortWindow }) =>
      `${durationWords(longWindow)} and ${durationWords(shortWindow)}`,
  },
  {
    id: 'long',
    title: 'Long',
    numeric: true,
    render: ({ long }) => burnWords(long),
  },
  {
    id: 'short',
    title: 'Short',
    numeric: true,
    render: ({ short }) => burnWords(short),
  },
  {
    id: 'threshold',
    title: 'Alerts from',
    numeric: true,
    render: ({ threshold }) => `${formatNumber(threshold)} x`,
  },
  {
    id: 'state',
    title: 'State',
    render: ({ firing, severity }) =>
      firing ? (
        <Status
          variant="plain"
          value={severity === 'critical' ? 'failing' : 'degraded'}
          word={severity === 'critical' ? 'Fires, critical' : 'Fires, warning'}
        />
      ) : (
        `quiet (${severity})`
      ),
  },
];

/** How fast the budget goes over each pair of windows, on demand. */
export function BurnRates(props: { name: string; rates: BurnRate[] }) {
  const { name, rates } = props;
  return (
    <details className={styles.details}>
      <summary className={styles.summary}>
        Burn rates of {name}: when it alerts
      </summary>
      <p className={styles.quiet}>
        1 x uses up exactly the whole budget within the period. A pair alerts
        when both of its windows burn that fast: the long one says that it
        matters, the short one that it still goes on.
      </p>
      <DataTable
        caption={`Burn rates of ${name}`}
        columns={columns}
        rows={rates}
        rowKey={({ longWindow, shortWindow }) => `${longWindow} ${shortWindow}`}
      />
    </details>
  );
}
