import { countValues } from './count-values.ts';
import { foldAggregations } from './folds.ts';
import { pickAggregations } from './picks.ts';
import type { AggregationOperator } from './types.ts';

/** Every aggregation there is, by name. */
export const aggregations: ReadonlyMap<string, AggregationOperator> = new Map(
  [...foldAggregations, ...pickAggregations, countValues].map(known => [
    known.name,
    known,
  ]),
);
