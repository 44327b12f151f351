import type { Matching } from '../ast.ts';
import { ColumnBuilder, anyPresent } from '../columns.ts';
import type { Column } from '../columns.ts';
import type { Evaluation } from '../evaluate/value.ts';
import { bySignature } from './signatures.ts';

/** Copies the values at the steps where the other side's group is, or is not, there. */
function copyWhere(
  sides: { of: Map<string, Column[]>; against: Map<string, Column[]> },
  wanted: 0 | 1,
  builder: ColumnBuilder,
  steps: number,
): void {
  const none = new Uint8Array(steps);
  for (const [key, columns] of sides.of) {
    const against = sides.against.get(key);
    const mask = against ? anyPresent(against, steps) : none;
    for (const { labels, values, present } of columns) {
      const result = builder.column(labels);
      for (let step = 0; step < steps; step++) {
        if (present[step] === 1 && mask[step] === wanted)
          builder.put(result, step, values[step]);
      }
    }
  }
}

/** `and`, `or` and `unless`: series by whether the other side has their like. */
export function combineSets(
  operator: string,
  left: readonly Column[],
  right: readonly Column[],
  matching: Matching,
  { steps, budget }: Evaluation,
): Column[] {
  const builder = new ColumnBuilder(steps.count, budget);
  const lefts = bySignature(left, matching);
  const rights = bySignature(right, matching);
  if (operator === 'and')
    copyWhere({ of: lefts, against: rights }, 1, builder, steps.count);
  if (operator === 'unless')
    copyWhere({ of: lefts, against: rights }, 0, builder, steps.count);
  if (operator === 'or') {
    copyWhere({ of: lefts, against: new Map() }, 0, builder, steps.count);
    copyWhere({ of: rights, against: lefts }, 0, builder, steps.count);
  }
  return builder.finish();
}
