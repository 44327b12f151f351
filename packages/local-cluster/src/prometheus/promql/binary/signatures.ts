import type { Labels } from '../../types.ts';
import type { Matching } from '../ast.ts';
import type { Column } from '../columns.ts';
import { METRIC_NAME, dropLabels, keepLabels, labelKey } from '../labels.ts';

/** What two series must have in common to be matched. */
export function signatureLabels({
  on,
  labels,
}: Matching): (labels: Labels) => Labels {
  const names = new Set(on ? labels : [...labels, METRIC_NAME]);
  return on
    ? series => keepLabels(series, names)
    : series => dropLabels(series, names);
}

/** The columns of a side, by what they are matched with. */
export function bySignature(
  columns: readonly Column[],
  matching: Matching,
): Map<string, Column[]> {
  const labelsOf = signatureLabels(matching);
  const found = new Map<string, Column[]>();
  for (const column of columns) {
    const key = labelKey(labelsOf(column.labels));
    const same = found.get(key);
    if (same) same.push(column);
    else found.set(key, [column]);
  }
  return found;
}
