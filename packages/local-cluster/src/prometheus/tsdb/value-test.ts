import { compileMatcher } from '../promql/matchers.ts';
import type { Matcher } from '../types.ts';

/** Whether a value passes. A regular expression looks at each distinct value once. @throws QueryError */
export function valueTest(matcher: Matcher): (value: string) => boolean {
  const passes = compileMatcher(matcher);
  if (matcher.operator === '=' || matcher.operator === '!=') return passes;
  const known = new Map<string, boolean>();
  return value => {
    let result = known.get(value);
    if (result === undefined) {
      result = passes(value);
      known.set(value, result);
    }
    return result;
  };
}
