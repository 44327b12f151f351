import type { Aggregation } from '../ast.ts';
import { ColumnBuilder } from '../columns.ts';
import type { Column } from '../columns.ts';
import type { Evaluation } from '../evaluate/value.ts';
import { groupColumns } from './groups.ts';
import { aggregations } from './registry.ts';
import type { FoldAggregation } from './types.ts';

function foldGroups(
  { fold }: FoldAggregation,
  node: Aggregation,
  columns: Column[],
  evaluation: Evaluation,
): Column[] {
  const { steps, budget } = evaluation;
  const parameters = node.parameter && evaluation.scalar(node.parameter);
  const builder = new ColumnBuilder(steps.count, budget);
  for (const group of groupColumns(node, columns)) {
    const result = builder.column(group.labels);
    const gathered = new Float64Array(group.columns.length);
    for (let step = 0; step < steps.count; step++) {
      budget.work(group.columns.length);
      let count = 0;
      for (const { present, values } of group.columns) {
        if (present[step] === 0) continue;
        gathered[count] = values[step];
        count += 1;
      }
      if (count === 0) continue;
      const values =
        count === gathered.length ? gathered : gathered.subarray(0, count);
      builder.put(result, step, fold(values, parameters?.[step] ?? NaN));
    }
  }
  return builder.finish();
}

export function aggregate(node: Aggregation, evaluation: Evaluation): Column[] {
  const operator = aggregations.get(node.operator);
  const columns = evaluation.vector(node.inner);
  if (operator?.kind === 'whole')
    return operator.evaluate(node, columns, evaluation);
  return operator ? foldGroups(operator, node, columns, evaluation) : [];
}
