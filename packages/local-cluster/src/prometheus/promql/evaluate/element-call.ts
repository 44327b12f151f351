import type { Call } from '../ast.ts';
import { ColumnBuilder } from '../columns.ts';
import type { Column } from '../columns.ts';
import type { ElementFunction } from '../functions/types.ts';
import { NO_LABELS, dropName } from '../labels.ts';
import { timeOf } from './value.ts';
import type { Evaluation } from './value.ts';

/** What a function of times says without an argument: of the step's own time. */
function ownTimes({ steps }: Evaluation): Column {
  return {
    labels: NO_LABELS,
    values: Float64Array.from({ length: steps.count }, (_, step) =>
      Math.floor(timeOf(steps, step) / 1000),
    ),
    present: new Uint8Array(steps.count).fill(1),
  };
}

/** `round(x, 5)`: one function over each value. */
export function callElement(
  known: ElementFunction,
  call: Call,
  evaluation: Evaluation,
): Column[] {
  const { steps, budget } = evaluation;
  const [vector, ...others] = call.args;
  const columns = vector ? evaluation.vector(vector) : [ownTimes(evaluation)];
  const parameters = others.map(other => evaluation.scalar(other));
  const builder = new ColumnBuilder(steps.count, budget);
  for (const { labels, values, present } of columns) {
    const result = builder.column(dropName(labels));
    for (let step = 0; step < steps.count; step++) {
      if (present[step] === 0) continue;
      const value = known.apply(
        values[step],
        ...parameters.map(parameter => parameter[step]),
      );
      if (value !== undefined) builder.put(result, step, value);
    }
  }
  return builder.finish();
}
