import type { Labels } from '../../types.ts';
import type { Aggregation } from '../ast.ts';
import type { Column } from '../columns.ts';
import {
  METRIC_NAME,
  NO_LABELS,
  dropLabels,
  keepLabels,
  labelKey,
} from '../labels.ts';
import type { Group } from './types.ts';

/** What `by` or `without` leaves of a series' labels. */
export function grouper({
  grouping,
  without,
}: Pick<Aggregation, 'grouping' | 'without'>): (labels: Labels) => Labels {
  if (without) {
    const dropped = new Set([...grouping, METRIC_NAME]);
    return labels => dropLabels(labels, dropped);
  }
  const kept = new Set(grouping);
  return kept.size === 0 ? () => NO_LABELS : labels => keepLabels(labels, kept);
}

export function groupColumns(
  node: Aggregation,
  columns: readonly Column[],
): Group[] {
  const labelsOf = grouper(node);
  const groups = new Map<string, Group>();
  for (const column of columns) {
    const labels = labelsOf(column.labels);
    const key = labelKey(labels);
    const group = groups.get(key);
    if (group) group.columns.push(column);
    else groups.set(key, { labels, columns: [column] });
  }
  return [...groups.values()];
}
