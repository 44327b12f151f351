import { QueryError } from '../types.ts';
import type { Labels } from '../types.ts';
import type { Budget } from './budget.ts';
import { formatLabels, labelKey } from './labels.ts';

/** A series of an instant vector over all steps of a query. */
export interface Column {
  labels: Labels;
  /** By step. */
  values: Float64Array;
  /** By step: 1 where there is a value. NaN is a value. */
  present: Uint8Array;
}

function isEmpty(column: Column): boolean {
  return !column.present.includes(1);
}

export function sameLabels(labels: Labels): QueryError {
  return new QueryError(
    'execution',
    `vector cannot contain metrics with the same labelset: ${formatLabels(
      labels,
    )}`,
  );
}

/** Collects an instant vector; results with the same labels at different steps are one series. */
export class ColumnBuilder {
  readonly #steps: number;
  readonly #budget: Budget;
  readonly #byKey = new Map<string, Column>();

  constructor(steps: number, budget: Budget) {
    this.#steps = steps;
    this.#budget = budget;
  }

  column(labels: Labels): Column {
    const key = labelKey(labels);
    let column = this.#byKey.get(key);
    if (!column) {
      this.#budget.hold(this.#steps);
      column = {
        labels,
        values: new Float64Array(this.#steps),
        present: new Uint8Array(this.#steps),
      };
      this.#byKey.set(key, column);
    }
    return column;
  }

  /** @throws QueryError when a value with these labels is there already at this step */
  put(column: Column, step: number, value: number): void {
    if (column.present[step] === 1) throw sameLabels(column.labels);
    column.values[step] = value;
    column.present[step] = 1;
  }

  finish(): Column[] {
    return [...this.#byKey.values()].filter(column => !isEmpty(column));
  }
}

/** How many columns have a value at a step. */
export function countAt(columns: readonly Column[], step: number): number {
  let count = 0;
  for (const column of columns) count += column.present[step];
  return count;
}

/** By step: 1 where any of the columns is. */
export function anyPresent(
  columns: readonly Column[],
  steps: number,
): Uint8Array {
  const any = new Uint8Array(steps);
  for (const { present } of columns)
    for (let step = 0; step < steps; step++) any[step] |= present[step];
  return any;
}
