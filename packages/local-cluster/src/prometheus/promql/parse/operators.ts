import type { SyntaxNode } from '@lezer/common';
import type { Matching } from '../ast.ts';
import { binaryOperators } from '../binary/operators.ts';
import { mistake } from './mistake.ts';
import { childrenOf, labelNamesAt } from './selectors.ts';

/** An operator with its modifiers, between two operands. */
export interface Infix {
  operator: string;
  precedence: number;
  rightAssociative: boolean;
  bool: boolean;
  matching: Matching;
  from: number;
  to: number;
}

const noMatching: Matching = { on: false, labels: [], include: [] };

function matchingAt(text: string, node: SyntaxNode): Matching {
  const matching: Matching = { ...noMatching };
  for (const child of childrenOf(node)) {
    if (child.name === 'On') matching.on = true;
    if (child.name === 'GroupLeft') matching.many = 'left';
    if (child.name === 'GroupRight') matching.many = 'right';
    if (child.name !== 'GroupingLabels') continue;
    if (matching.many) matching.include = labelNamesAt(text, child);
    else matching.labels = labelNamesAt(text, child);
  }
  return matching;
}

/** @param nodes what stands between the operands of a BinaryExpr */
export function infixAt(text: string, nodes: SyntaxNode[]): Infix {
  const [sign, ...modifiers] = nodes;
  const symbol = text.slice(sign.from, sign.to).toLowerCase();
  const known = binaryOperators.get(symbol);
  if (!known)
    throw mistake(text, sign.from, `operator "${symbol}" is not supported`);
  let matching = noMatching;
  let bool = false;
  for (const modifier of modifiers) {
    if (modifier.name === 'BoolModifier') bool = true;
    else if (modifier.name === 'MatchingModifierClause')
      matching = matchingAt(text, modifier);
    else {
      throw mistake(
        text,
        modifier.from,
        `modifier "${text.slice(modifier.from, modifier.to)}" is not supported`,
      );
    }
  }
  return {
    operator: symbol,
    precedence: known.precedence,
    rightAssociative: known.rightAssociative ?? false,
    bool,
    matching,
    from: sign.from,
    to: sign.to,
  };
}
