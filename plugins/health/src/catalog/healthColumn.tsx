import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogTableProps } from '@backstage/plugin-catalog';
import { CatalogTable } from '@backstage/plugin-catalog';
import { HealthStatusChip } from '../components/HealthStatusChip';
import { namesWorkloads } from '../workloadAnnotations';
import styles from './healthColumn.module.css';

type ColumnsFunc = Extract<
  NonNullable<CatalogTableProps['columns']>,
  (...args: never[]) => unknown
>;
type Column = ReturnType<ColumnsFunc>[number];

const healthColumn: Column = {
  title: 'Health',
  width: 'auto',
  // Sorting by something that changes while one looks would move rows away.
  sorting: false,
  render: ({ entity }) =>
    namesWorkloads(entity) ? (
      <HealthStatusChip entityRef={stringifyEntityRef(entity)} showReplicas />
    ) : (
      <span className={styles.none}>Not connected</span>
    ),
};

/** Chosen at the left of the table already, and wanted less than the room they take. */
const foundByFilter = [
  'entity.spec.type',
  'entity.spec.lifecycle',
  'entity.metadata.tags',
];

/** The columns of the catalog table, with health after the name where components are listed. */
export const columnsWithHealth: ColumnsFunc = context => {
  const columns = CatalogTable.defaultColumnsFunc(context);
  const kind = context.entities[0]?.kind ?? context.filters.kind?.value;
  if (kind?.toLocaleLowerCase('en-US') !== 'component') {
    return columns;
  }
  return columns.flatMap(column => {
    if (column.field === 'resolved.entityRef') {
      return [{ ...column, cellStyle: { minWidth: '11rem' } }, healthColumn];
    }
    const hidden = foundByFilter.includes(String(column.field));
    return hidden ? [{ ...column, hidden }] : [column];
  });
};
