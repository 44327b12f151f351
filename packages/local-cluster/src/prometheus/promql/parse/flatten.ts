import type { SyntaxNode } from '@lezer/common';
import { infixAt } from './operators.ts';
import type { Infix } from './operators.ts';
import { childrenOf } from './selectors.ts';

/** One piece of a row of operands and operators, as they stand in the text. */
export type Piece =
  | { kind: 'sign'; sign: '-' | '+'; from: number }
  | { kind: 'operand'; node: SyntaxNode; from: number }
  /** `offset 5m`, `@ 10`, `[5m]`, `[5m:1m]`; the node holds what it stands behind, too */
  | { kind: 'suffix'; node: SyntaxNode }
  | { kind: 'infix'; infix: Infix };

const SUFFIXES = new Set([
  'OffsetExpr',
  'StepInvariantExpr',
  'MatrixSelector',
  'SubqueryExpr',
  'AnchoredExpr',
  'SmoothedExpr',
]);

/**
 * The grammar of lezer-promql is made for colours, and its trees are not always Prometheus': `-2^2` is (-2)^2 there and
 * `a + b offset 5m` moves the sum. The order of the pieces is right, so they are laid out here and bound anew by `climb`.
 * Without recursion: a sum of thousands is a tree thousands deep.
 */
export function flatten(text: string, root: SyntaxNode): Piece[] {
  const pieces: Piece[] = [];
  const open: (SyntaxNode | Piece)[] = [root];
  for (let item = open.pop(); item; item = open.pop()) {
    if ('kind' in item) {
      pieces.push(item);
      continue;
    }
    const node: SyntaxNode = item;
    const children = childrenOf(node);
    if (node.name === 'BinaryExpr') {
      const infix = infixAt(text, children.slice(1, -1));
      open.push(children[children.length - 1], { kind: 'infix', infix });
      open.push(children[0]);
    } else if (node.name === 'UnaryExpr') {
      open.push(children[1]);
      const sign = text[children[0].from] === '-' ? '-' : '+';
      pieces.push({ kind: 'sign', sign, from: node.from });
    } else if (SUFFIXES.has(node.name)) {
      open.push({ kind: 'suffix', node }, children[0]);
    } else {
      let from = node.from;
      const first = text[from];
      if (
        node.name === 'NumberDurationLiteral' &&
        (first === '-' || first === '+')
      ) {
        pieces.push({ kind: 'sign', sign: first, from });
        from += 1 + (/^\s*/.exec(text.slice(from + 1))?.[0].length ?? 0);
      }
      pieces.push({ kind: 'operand', node, from });
    }
  }
  return pieces;
}
