import type { Matcher } from '../types.ts';
import { METRIC_NAME } from './labels.ts';

/** A selector as people write it, for messages. */
export function formatSelector(matchers: readonly Matcher[]): string {
  const name = matchers.find(
    matcher => matcher.name === METRIC_NAME && matcher.operator === '=',
  );
  const rest = matchers
    .filter(matcher => matcher !== name)
    .map(
      matcher =>
        matcher.name + matcher.operator + JSON.stringify(matcher.value),
    );
  const braces = rest.length > 0 || !name ? `{${rest.join(', ')}}` : '';
  return `${name?.value ?? ''}${braces}`;
}
