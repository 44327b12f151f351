import type { SyntaxNode } from '@lezer/common';
import type { Matcher } from '../../types.ts';
import type { Selector, StringLiteral } from '../ast.ts';
import { compileMatcher } from '../matchers.ts';
import { unquote } from './literals.ts';
import { mistake } from './mistake.ts';

/** Named children, in order. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.name !== 'LineComment') children.push(child);
  return children;
}

export function stringAt(text: string, node: SyntaxNode): StringLiteral {
  const read = unquote(text.slice(node.from, node.to));
  if ('wrong' in read) throw mistake(text, node.from, read.wrong);
  return { kind: 'string', value: read.value, from: node.from, to: node.to };
}

function refuseQuotedName(text: string, node: SyntaxNode): void {
  if (node.name !== 'QuotedLabelName' && node.name !== 'QuotedLabelMatcher')
    return;
  throw mistake(
    text,
    node.from,
    `quoted names (${text.slice(
      node.from,
      node.to,
    )}) are not supported; names are [a-zA-Z_:][a-zA-Z0-9_:]*`,
  );
}

const OPERATORS: Record<string, Matcher['operator']> = {
  EqlSingle: '=',
  Neq: '!=',
  EqlRegex: '=~',
  NeqRegex: '!~',
};

function matcherAt(text: string, node: SyntaxNode): Matcher {
  refuseQuotedName(text, node);
  const [name, operator, value] = childrenOf(node);
  const matcher: Matcher = {
    name: text.slice(name.from, name.to),
    operator: OPERATORS[childrenOf(operator)[0].name],
    value: stringAt(text, value).value,
  };
  try {
    compileMatcher(matcher);
  } catch (error) {
    throw mistake(
      text,
      value.from,
      error instanceof Error ? error.message : String(error),
    );
  }
  return matcher;
}

/** `by (a, b)`, `on (a)`, `group_left (a)` */
export function labelNamesAt(text: string, node: SyntaxNode): string[] {
  return childrenOf(node).map(child => {
    refuseQuotedName(text, child);
    return text.slice(child.from, child.to);
  });
}

/** @throws QueryError when it would select everything there is */
export function selectorAt(text: string, node: SyntaxNode): Selector {
  const matchers: Matcher[] = [];
  for (const child of childrenOf(node)) {
    if (child.name === 'Identifier') {
      const value = text.slice(child.from, child.to);
      matchers.push({ name: '__name__', operator: '=', value });
    } else {
      for (const part of childrenOf(child))
        matchers.push(matcherAt(text, part));
    }
  }
  const named = node.firstChild?.name === 'Identifier';
  const again = matchers.slice(1).find(({ name }) => name === '__name__');
  if (named && again) {
    throw mistake(
      text,
      node.from,
      `metric name must not be set twice: "${matchers[0].value}" or "${again.value}"`,
    );
  }
  if (!named && matchers.every(matcher => compileMatcher(matcher)(''))) {
    throw mistake(
      text,
      node.from,
      'vector selector must contain at least one non-empty matcher',
    );
  }
  return {
    kind: 'selector',
    matchers,
    offsetMs: 0,
    from: node.from,
    to: node.to,
  };
}
