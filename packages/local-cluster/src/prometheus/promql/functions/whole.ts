import type { Expression } from '../ast.ts';
import { ColumnBuilder, countAt } from '../columns.ts';
import type { Column } from '../columns.ts';
import { timeOf } from '../evaluate/value.ts';
import type { Evaluation } from '../evaluate/value.ts';
import { METRIC_NAME, NO_LABELS, dropName, makeLabels } from '../labels.ts';
import type { Labels } from '../../types.ts';
import { SlidingWindow } from '../window.ts';
import type { WholeFunction } from './types.ts';

/** What an absent series is called: the labels its selector asks for exactly, each once. */
function labelsOfAbsent(expression: Expression): Labels {
  const selector =
    expression.kind === 'range' ? expression.selector : expression;
  if (selector.kind !== 'selector') return NO_LABELS;
  const labels = new Map<string, string>();
  const seen = new Set<string>();
  for (const { name, operator, value } of selector.matchers) {
    if (name === METRIC_NAME) continue;
    if (operator === '=' && !seen.has(name)) {
      labels.set(name, value);
      seen.add(name);
    } else labels.delete(name);
  }
  return makeLabels(labels);
}

/** A vector of at most one series. */
function oneColumn(
  { steps, budget }: Evaluation,
  labels: Labels,
  at: (step: number) => number | undefined,
): Column[] {
  const builder = new ColumnBuilder(steps.count, budget);
  const column = builder.column(labels);
  for (let step = 0; step < steps.count; step++) {
    const value = at(step);
    if (value !== undefined) builder.put(column, step, value);
  }
  return builder.finish();
}

function ordered(
  { steps }: Evaluation,
  columns: Column[],
  descending: boolean,
): Column[] {
  // A range query has no one order; Prometheus orders its series by labels.
  if (steps.count !== 1) return columns;
  return columns.toSorted(({ values: [a] }, { values: [b] }) => {
    if (Number.isNaN(a) || Number.isNaN(b))
      return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return descending ? b - a : a - b;
  });
}

const sorting = (name: string, descending: boolean): WholeFunction => ({
  kind: 'whole',
  name,
  args: ['vector'],
  returns: 'vector',
  evaluate: ({ args: [vector] }, evaluation) => ({
    type: 'vector',
    columns: ordered(evaluation, evaluation.vector(vector), descending),
  }),
});

export const wholeFunctions: WholeFunction[] = [
  sorting('sort', false),
  sorting('sort_desc', true),
  {
    kind: 'whole',
    name: 'time',
    args: [],
    returns: 'scalar',
    evaluate: (_, { steps }) => ({
      type: 'scalar',
      values: Float64Array.from(
        { length: steps.count },
        (__, step) => timeOf(steps, step) / 1000,
      ),
    }),
  },
  {
    kind: 'whole',
    name: 'pi',
    args: [],
    returns: 'scalar',
    evaluate: (_, { steps }) => ({
      type: 'scalar',
      values: new Float64Array(steps.count).fill(Math.PI),
    }),
  },
  {
    kind: 'whole',
    name: 'scalar',
    args: ['vector'],
    returns: 'scalar',
    evaluate({ args: [vector] }, evaluation) {
      const columns = evaluation.vector(vector);
      const values = new Float64Array(evaluation.steps.count).fill(NaN);
      for (let step = 0; step < values.length; step++) {
        if (countAt(columns, step) !== 1) continue;
        const only = columns.find(({ present }) => present[step] === 1);
        if (only) values[step] = only.values[step];
      }
      return { type: 'scalar', values };
    },
  },
  {
    kind: 'whole',
    name: 'vector',
    args: ['scalar'],
    returns: 'vector',
    evaluate({ args: [scalar] }, evaluation) {
      const values = evaluation.scalar(scalar);
      return {
        type: 'vector',
        columns: oneColumn(evaluation, NO_LABELS, step => values[step]),
      };
    },
  },
  {
    kind: 'whole',
    name: 'timestamp',
    args: ['vector'],
    returns: 'vector',
    evaluate({ args: [vector] }, evaluation) {
      const { steps, budget } = evaluation;
      const times = evaluation.sampleTimes(vector);
      const builder = new ColumnBuilder(steps.count, budget);
      for (const { labels, values, present } of times ??
        evaluation.vector(vector)) {
        const column = builder.column(dropName(labels));
        for (let step = 0; step < steps.count; step++) {
          const time = times ? values[step] : timeOf(steps, step) / 1000;
          if (present[step] === 1) builder.put(column, step, time);
        }
      }
      return { type: 'vector', columns: builder.finish() };
    },
  },
  {
    kind: 'whole',
    name: 'absent',
    args: ['vector'],
    returns: 'vector',
    evaluate({ args: [vector] }, evaluation) {
      const columns = evaluation.vector(vector);
      return {
        type: 'vector',
        columns: oneColumn(evaluation, labelsOfAbsent(vector), step =>
          countAt(columns, step) === 0 ? 1 : undefined,
        ),
      };
    },
  },
  {
    kind: 'whole',
    name: 'absent_over_time',
    args: ['matrix'],
    returns: 'vector',
    evaluate({ args: [matrix] }, evaluation) {
      const { series, rangeMs, endOf } = evaluation.range(matrix);
      const windows = series.map(
        ({ samples }) => new SlidingWindow(samples, rangeMs),
      );
      return {
        type: 'vector',
        columns: oneColumn(evaluation, labelsOfAbsent(matrix), step =>
          windows.some(window => window.moveTo(endOf(step)) > 0)
            ? undefined
            : 1,
        ),
      };
    },
  },
];
