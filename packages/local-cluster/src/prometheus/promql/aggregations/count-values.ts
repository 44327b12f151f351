import { QueryError } from '../../types.ts';
import type { Labels } from '../../types.ts';
import { ColumnBuilder } from '../columns.ts';
import { formatGoFloat } from '../go-math.ts';
import { makeLabels } from '../labels.ts';
import { grouper } from './groups.ts';
import type { WholeAggregation } from './types.ts';

/** How many series of a group have each value; the value becomes a label. */
export const countValues: WholeAggregation = {
  kind: 'whole',
  name: 'count_values',
  parameter: 'string',
  evaluate(node, columns, evaluation) {
    const { steps, budget } = evaluation;
    const parameter = node.parameter && evaluation.value(node.parameter);
    const name = parameter?.type === 'string' ? parameter.value : '';
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name))
      throw new QueryError('execution', `invalid label name "${name}"`);
    const { without } = node;
    const grouping = without ? node.grouping : [...node.grouping, name];
    const labelsOf = grouper({ grouping, without });
    const withValue = (labels: Labels, value: number) => {
      const others = Object.entries(labels).filter(([other]) => other !== name);
      return labelsOf(makeLabels([...others, [name, formatGoFloat(value)]]));
    };
    const builder = new ColumnBuilder(steps.count, budget);
    for (const { labels, values, present } of columns) {
      budget.work(steps.count);
      for (let step = 0; step < steps.count; step++) {
        if (present[step] === 0) continue;
        const column = builder.column(withValue(labels, values[step]));
        column.present[step] = 1;
        column.values[step] += 1;
      }
    }
    return builder.finish();
  },
};
