import { elementFunctions } from './elements.ts';
import { histogramFunctions } from './histogram.ts';
import { labelFunctions } from './labels.ts';
import { overTimeFunctions } from './over-time.ts';
import { rateFunctions } from './rate.ts';
import { trendFunctions } from './trends.ts';
import type { PromFunction } from './types.ts';
import { wholeFunctions } from './whole.ts';

/** Every function there is, by name. A new one is an object in one of these lists. */
export const functions: ReadonlyMap<string, PromFunction> = new Map(
  [
    ...rateFunctions,
    ...overTimeFunctions,
    ...trendFunctions,
    ...elementFunctions,
    ...histogramFunctions,
    ...labelFunctions,
    ...wholeFunctions,
  ].map(known => [known.name, known]),
);
