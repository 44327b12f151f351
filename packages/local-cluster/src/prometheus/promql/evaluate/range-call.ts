import type { Call } from '../ast.ts';
import { sameLabels } from '../columns.ts';
import type { Column } from '../columns.ts';
import type { RangeFunction } from '../functions/types.ts';
import { dropName, labelKey } from '../labels.ts';
import { SlidingWindow } from '../window.ts';
import { timeOf } from './value.ts';
import type { Evaluation } from './value.ts';

/** `rate(x[5m])`: one function over the windows of each series. */
export function callRange(
  known: RangeFunction,
  call: Call,
  evaluation: Evaluation,
): Column[] {
  const { steps, budget } = evaluation;
  const isRange = (index: number) => known.args[index] === 'matrix';
  const { series, rangeMs, endOf } = evaluation.range(
    call.args[isRange(0) ? 0 : 1],
  );
  const other = call.args[isRange(0) ? 1 : 0];
  const parameters =
    known.args.length > 1 ? evaluation.scalar(other) : undefined;
  const columns: Column[] = [];
  const seen = new Set<string>();
  for (const { labels, samples } of series) {
    budget.hold(steps.count);
    const sliding = new SlidingWindow(samples, rangeMs);
    const { window } = sliding;
    const compute = known.over(samples);
    const values = new Float64Array(steps.count);
    const present = new Uint8Array(steps.count);
    let any = false;
    for (let step = 0; step < steps.count; step++) {
      const size = sliding.moveTo(endOf(step));
      budget.work(size);
      if (size === 0) continue;
      window.stepMs = timeOf(steps, step);
      if (parameters) window.parameter = parameters[step];
      const value = compute(window);
      if (value === undefined) continue;
      values[step] = value;
      present[step] = 1;
      any = true;
    }
    if (!any) continue;
    const named = known.keepsName ? labels : dropName(labels);
    if (seen.has(labelKey(named))) throw sameLabels(named);
    seen.add(labelKey(named));
    columns.push({ labels: named, values, present });
  }
  return columns;
}
