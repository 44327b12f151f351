import type { Call, ValueType } from '../ast.ts';
import type { Evaluation, Value } from '../evaluate/value.ts';
import type { Samples } from '../evaluate/range-vector.ts';
import type { Window } from '../window.ts';

interface Signature {
  name: string;
  /** Types of the arguments; the last may be left out or come again, see `optional`. */
  args: readonly ValueType[];
  /** How often the last argument may stand: 0 is exactly once, 1 is at most once, `many` is any number of times. */
  optional?: 0 | 1 | 'many';
  returns: ValueType;
}

/** One value of a vector becomes another. */
export interface ElementFunction extends Signature {
  kind: 'element';
  /** @returns undefined for no result */
  apply(value: number, ...parameters: number[]): number | undefined;
}

/** The samples of a window become one value. */
export interface RangeFunction extends Signature {
  kind: 'range';
  keepsName?: boolean;
  /** Prepares what all windows of one series share. @returns undefined for no result */
  over(samples: Samples): (window: Window) => number | undefined;
}

/** Everything that sees the vector as a whole. */
export interface WholeFunction extends Signature {
  kind: 'whole';
  evaluate(call: Call, evaluation: Evaluation): Value;
}

export type PromFunction = ElementFunction | RangeFunction | WholeFunction;
