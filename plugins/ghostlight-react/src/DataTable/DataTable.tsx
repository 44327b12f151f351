import type { ReactNode } from 'react';
import styles from './DataTable.module.css';

export interface DataColumn<Row> {
  id: string;
  title: string;
  render: (row: Row) => ReactNode;
  /** Figures stand right-aligned. */
  numeric?: boolean;
  /** The column that names the row; leads the card on a phone. */
  rowHeader?: boolean;
}

export interface DataTableProps<Row> {
  /** What the table holds, for screen readers. */
  caption: string;
  columns: DataColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

/** With more columns than this a table needs more room to be one. */
const narrowColumns = 6;

/**
 * A read-only table. Where it has less than 44rem (58rem with many columns) of room each row becomes a
 * card of label and value, so that nothing scrolls sideways on a phone.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey } = props;
  return (
    <div
      className={
        columns.length > narrowColumns
          ? `${styles.room} ${styles.wide}`
          : styles.room
      }
    >
      <table className={styles.table} aria-label={caption}>
        <thead className={styles.head}>
          <tr>
            {columns.map(column => (
              <th
                key={column.id}
                className={column.numeric ? styles.numeric : undefined}
                scope="col"
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={rowKey(row)}>
              {columns.map(column => (
                <DataCell key={column.id} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DataCell<Row>(props: { column: DataColumn<Row>; row: Row }) {
  const { column, row } = props;
  if (column.rowHeader) {
    return (
      <th className={styles.rowHeader} scope="row">
        {column.render(row)}
      </th>
    );
  }
  return (
    <td
      className={column.numeric ? styles.numeric : undefined}
      data-label={column.title}
    >
      <div className={styles.value}>{column.render(row)}</div>
    </td>
  );
}
