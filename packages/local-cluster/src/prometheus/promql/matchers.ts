import type { Labels, Matcher } from '../types.ts';
import { labelOf } from './labels.ts';
import { compileRegex } from './regex/compile.ts';

/**
 * Whether a label's value satisfies a matcher; a missing label is ''. Regular expressions are anchored at both ends.
 * @throws QueryError that names what the regular expression has and RE2 or this engine has not
 */
export function compileMatcher(matcher: Matcher): (value: string) => boolean {
  const { operator, value: wanted } = matcher;
  if (operator === '=') return value => value === wanted;
  if (operator === '!=') return value => value !== wanted;
  const matches = compileRegex(wanted);
  return operator === '=~' ? matches : value => !matches(value);
}

/** Whether a series' labels satisfy all matchers; compile once, ask often. */
export function compileMatchers(
  matchers: readonly Matcher[],
): (labels: Labels) => boolean {
  const tests = matchers.map(matcher => ({
    name: matcher.name,
    test: compileMatcher(matcher),
  }));
  return labels => tests.every(({ name, test }) => test(labelOf(labels, name)));
}
