export type { Expression } from './ast.ts';
export { defaultLimits } from './budget.ts';
export type { QueryLimits } from './budget.ts';
export { evaluateInstant, evaluateRange } from './evaluate.ts';
export type { InstantQuery, RangeQuery } from './evaluate.ts';
export { formatGoFloat } from './go-math.ts';
export { compareLabels, formatLabels, labelKey, makeLabels } from './labels.ts';
export { compileMatcher, compileMatchers } from './matchers.ts';
export { parse, parseSelector } from './parse/parse.ts';
