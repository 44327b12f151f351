import { parser } from '@prometheus-io/lezer-promql';
import { QueryError } from '../../types.ts';
import type { Matcher } from '../../types.ts';
import type { Expression } from '../ast.ts';
import { checkTypes } from '../types-check/check.ts';
import { checkBounds } from './bounds.ts';
import { expressionAt } from './expressions.ts';
import { mistake } from './mistake.ts';
import { refuseErrors } from './syntax.ts';

/**
 * Reads a query and checks its types.
 * @throws QueryError `bad_data` with line, column and the name of what is wrong or not supported
 */
export function parse(text: string): Expression {
  checkBounds(text);
  const tree = parser.parse(text);
  refuseErrors(text, tree);
  const top = tree.topNode.firstChild;
  let node = top;
  while (node?.name === 'LineComment') node = node.nextSibling;
  if (!node) throw mistake(text, 0, 'no expression found in input');
  const expression = expressionAt(text, node);
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
