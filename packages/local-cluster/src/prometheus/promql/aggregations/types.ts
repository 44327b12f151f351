import type { Labels } from '../../types.ts';
import type { Aggregation, ValueType } from '../ast.ts';
import type { Column } from '../columns.ts';
import type { Evaluation } from '../evaluate/value.ts';

/** Series that are aggregated into one. */
export interface Group {
  labels: Labels;
  columns: Column[];
}

interface Named {
  name: string;
  /** Type of the argument before the vector, where there is one. */
  parameter?: ValueType;
}

/** The values of a group at a step become one. */
export interface FoldAggregation extends Named {
  kind: 'fold';
  /** @param values of the series that are there, at least one; it may change them */
  fold(values: Float64Array, parameter: number): number;
}

/** Everything that does not answer one series a group. */
export interface WholeAggregation extends Named {
  kind: 'whole';
  evaluate(
    node: Aggregation,
    columns: Column[],
    evaluation: Evaluation,
  ): Column[];
}

export type AggregationOperator = FoldAggregation | WholeAggregation;
