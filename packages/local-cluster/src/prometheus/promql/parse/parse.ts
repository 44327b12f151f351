import { QueryError } from '../../types.ts';
import type { Matcher } from '../../types.ts';
import type { Expression } from '../ast.ts';
import { checkTypes } from '../types-check/check.ts';
import { checkBounds } from './bounds.ts';
import { expressionAt } from './expressions.ts';
import { readTree } from './syntax.ts';

/**
 * Reads a query and checks its types.
 * @throws QueryError `bad_data` with line, column and the name of what is wrong or not supported
 */
export function parse(text: string): Expression {
  checkBounds(text);
  const expression = expressionAt(text, readTree(text));
  checkTypes(text, expression);
  return expression;
}

/**
 * Reads `match[]` of `/series` and its like.
 * @throws QueryError when it is anything but a plain selector
 */
export function parseSelector(text: string): Matcher[] {
  const expression = parse(text);
  if (
    expression.kind !== 'selector' ||
    expression.offsetMs !== 0 ||
    expression.at
  ) {
    throw new QueryError(
      'bad_data',
      `"${text.slice(0, 200)}" is no series selector, as up{job="a"}`,
    );
  }
  return expression.matchers;
}
