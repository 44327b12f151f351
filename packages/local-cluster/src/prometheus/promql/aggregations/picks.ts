import { QueryError } from '../../types.ts';
import { ColumnBuilder } from '../columns.ts';
import type { Column } from '../columns.ts';
import { groupColumns } from './groups.ts';
import type { WholeAggregation } from './types.ts';

const INT64 = 2 ** 63;

function countOf(parameter: number): number {
  if (parameter >= -INT64 && parameter < INT64) return Math.trunc(parameter);
  throw new QueryError(
    'execution',
    `Scalar value ${parameter} overflows int64`,
  );
}

/** The columns of a group that are there at a step, best first; NaN is the worst of all. */
function ranked(
  columns: readonly Column[],
  step: number,
  descending: boolean,
): Column[] {
  return columns
    .filter(({ present }) => present[step] === 1)
    .sort((left, right) => {
      const a = left.values[step];
      const b = right.values[step];
      if (Number.isNaN(a) || Number.isNaN(b))
        return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
      return descending ? b - a || Number(b > a) : a - b || Number(a > b);
    });
}

const pick = (name: string, descending: boolean): WholeAggregation => ({
  kind: 'whole',
  name,
  parameter: 'scalar',
  evaluate(node, columns, evaluation) {
    const { steps, budget } = evaluation;
    const counts = node.parameter
      ? evaluation.scalar(node.parameter)
      : new Float64Array(steps.count);
    const builder = new ColumnBuilder(steps.count, budget);
    for (const group of groupColumns(node, columns)) {
      for (let step = 0; step < steps.count; step++) {
        const count = Math.max(0, countOf(counts[step]));
        budget.work(group.columns.length);
        const best = ranked(group.columns, step, descending).slice(0, count);
        for (const { labels, values } of best)
          builder.put(builder.column(labels), step, values[step]);
      }
    }
    return builder.finish();
  },
});

export const pickAggregations: WholeAggregation[] = [
  pick('topk', true),
  pick('bottomk', false),
];
