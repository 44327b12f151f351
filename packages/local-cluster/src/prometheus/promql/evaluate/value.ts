import type { Expression } from '../ast.ts';
import type { Budget } from '../budget.ts';
import type { Column } from '../columns.ts';
import type { RangeVector } from './range-vector.ts';

/** What an expression is worth at every step. */
export type Value =
  | { type: 'scalar'; values: Float64Array }
  | { type: 'string'; value: string }
  | { type: 'vector'; columns: Column[] };

/** The times a query, or a subquery, is evaluated at. */
export interface Steps {
  startMs: number;
  stepMs: number;
  count: number;
}

export const timeOf = (steps: Steps, step: number): number =>
  steps.startMs + step * steps.stepMs;

/** What functions, aggregations and operators compute with: one query at its steps. */
export interface Evaluation {
  steps: Steps;
  budget: Budget;
  value(expression: Expression): Value;
  scalar(expression: Expression): Float64Array;
  vector(expression: Expression): Column[];
  range(expression: Expression): RangeVector;
  /** The times of a selector's samples, in seconds; undefined when it is no selector. */
  sampleTimes(expression: Expression): Column[] | undefined;
}
