import { QueryError } from '../../types.ts';
import type { Labels } from '../../types.ts';
import type { Binary, Matching } from '../ast.ts';
import { ColumnBuilder, anyPresent, countAt } from '../columns.ts';
import type { Column } from '../columns.ts';
import type { Evaluation } from '../evaluate/value.ts';
import {
  METRIC_NAME,
  dropName,
  formatLabels,
  labelKey,
  labelOf,
  makeLabels,
} from '../labels.ts';
import type { BinaryOperator } from './operators.ts';
import { bySignature, signatureLabels } from './signatures.ts';

export type Pairing = Exclude<BinaryOperator, { kind: 'set' }>;

/** @returns undefined when the comparison drops the series */
export function compute(
  operator: Pairing,
  bool: boolean,
  left: number,
  right: number,
): number | undefined {
  if (operator.kind === 'arithmetic') return operator.compute(left, right);
  const holds = operator.holds(left, right);
  if (bool) return Number(holds);
  return holds ? left : undefined;
}

export function dropsName(operator: Pairing, bool: boolean): boolean {
  return (operator.kind === 'arithmetic' && !operator.keepsName) || bool;
}

/** Labels of what a pair makes. */
function resultLabels(
  many: Labels,
  one: Labels,
  matching: Matching,
  withoutName: boolean,
): Labels {
  const names = new Set(matching.labels);
  const entries = new Map(
    Object.entries(many).filter(
      ([name]) =>
        !(withoutName && name === METRIC_NAME) &&
        (matching.many !== undefined || names.has(name) === matching.on),
    ),
  );
  for (const name of matching.include) entries.set(name, labelOf(one, name));
  return makeLabels(entries);
}

/** @throws QueryError when two series of the one side are there at a step at which the other side has any */
function checkUnique(
  columns: readonly Column[],
  otherSide: Uint8Array,
  side: 'left' | 'right',
  matching: Matching,
): void {
  if (columns.length < 2) return;
  for (let step = 0; step < otherSide.length; step++) {
    if (otherSide[step] === 0 || countAt(columns, step) < 2) continue;
    const [first, second] = columns
      .filter(({ present }) => present[step] === 1)
      .map(({ labels }) => labels);
    const group = formatLabels(signatureLabels(matching)(first));
    const pair = `[${formatLabels(second)}, ${formatLabels(first)}]`;
    throw new QueryError(
      'execution',
      `found duplicate series for the match group ${group} on the ${side} hand-side of the operation: ${pair};many-to-many matching not allowed: matching labels must be unique on one side`,
    );
  }
}

/** Two vectors, series with series. */
export function combineVectors(
  node: Binary,
  operator: Pairing,
  left: Column[],
  right: Column[],
  { steps, budget }: Evaluation,
): Column[] {
  const { matching, bool } = node;
  const swapped = matching.many === 'right';
  const manySide = swapped ? right : left;
  const oneSide = swapped ? left : right;
  const present = anyPresent(manySide, steps.count);
  const ones = bySignature(oneSide, matching);
  for (const columns of ones.values())
    checkUnique(columns, present, swapped ? 'left' : 'right', matching);

  const builder = new ColumnBuilder(steps.count, budget);
  const withoutName = dropsName(operator, bool);
  for (const [key, manies] of bySignature(manySide, matching)) {
    /** By step: whether a series of this group has its result. */
    const matched = new Uint8Array(steps.count);
    for (const one of ones.get(key) ?? []) {
      for (const many of manies) {
        budget.work(steps.count);
        const labels = resultLabels(
          many.labels,
          one.labels,
          matching,
          withoutName,
        );
        const result = builder.column(labels);
        for (let step = 0; step < steps.count; step++) {
          if (many.present[step] === 0 || one.present[step] === 0) continue;
          const value = swapped
            ? compute(operator, bool, one.values[step], many.values[step])
            : compute(operator, bool, many.values[step], one.values[step]);
          if (value === undefined) continue;
          if (!matching.many && matched[step] === 1)
            throw new QueryError(
              'execution',
              'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
            );
          if (matching.many && result.present[step] === 1)
            throw new QueryError(
              'execution',
              `multiple matches for labels: grouping labels must ensure unique matches: ${labelKey(
                labels,
              )}`,
            );
          matched[step] = 1;
          builder.put(result, step, value);
        }
      }
    }
  }
  return builder.finish();
}

/** A vector with a number, on either side. A comparison keeps the vector's value. */
export function combineWithScalar(
  node: Binary,
  operator: Pairing,
  columns: Column[],
  scalar: { values: Float64Array; isLeft: boolean },
  { steps, budget }: Evaluation,
): Column[] {
  const builder = new ColumnBuilder(steps.count, budget);
  const withoutName = dropsName(operator, node.bool);
  for (const { labels, values, present } of columns) {
    const result = builder.column(withoutName ? dropName(labels) : labels);
    for (let step = 0; step < steps.count; step++) {
      if (present[step] === 0) continue;
      const own = values[step];
      const other = scalar.values[step];
      const value = scalar.isLeft
        ? compute(operator, node.bool, other, own)
        : compute(operator, node.bool, own, other);
      if (value === undefined) continue;
      const keepsOwn = operator.kind === 'comparison' && !node.bool;
      builder.put(result, step, keepsOwn ? own : value);
    }
  }
  return builder.finish();
}
