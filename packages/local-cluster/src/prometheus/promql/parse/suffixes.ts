import type { SyntaxNode } from '@lezer/common';
import type { At, Expression } from '../ast.ts';
import { parseDuration, parseNumber } from './literals.ts';
import { mistake } from './mistake.ts';
import { childrenOf } from './selectors.ts';

function durationAt(text: string, node: SyntaxNode): number {
  const [, sign, written] =
    /^([+-]?)\s*(.*)$/s.exec(text.slice(node.from, node.to)) ?? [];
  const durationMs = parseDuration(written);
  if (durationMs === undefined) {
    throw mistake(
      text,
      node.from,
      `"${written}" is no duration; durations have units, as 5m or 1h30m`,
    );
  }
  if (durationMs === 0)
    throw mistake(text, node.from, 'duration must be greater than 0');
  if (!Number.isSafeInteger(durationMs))
    throw mistake(text, node.from, `duration "${written}" is out of range`);
  return sign === '-' ? -durationMs : durationMs;
}

function rangeAt(text: string, node: SyntaxNode): number {
  const rangeMs = durationAt(text, node);
  if (rangeMs > 0) return rangeMs;
  throw mistake(text, node.from, 'duration must be greater than 0');
}

function atOf(text: string, node: SyntaxNode): At {
  if (node.name === 'AtModifierPreprocessors')
    return { end: /^start/i.test(text.slice(node.from)) ? 'start' : 'end' };
  const [, sign, written] =
    /^([+-]?)\s*(.*)$/s.exec(text.slice(node.from, node.to)) ?? [];
  const seconds = parseNumber(written);
  if (seconds === undefined || !Number.isFinite(seconds * 1000))
    throw mistake(
      text,
      node.from,
      `timestamp out of bounds for @ modifier: ${written}`,
    );
  return { timeMs: Math.round(seconds * 1000) * (sign === '-' ? -1 : 1) };
}

interface Suffix {
  apply(
    text: string,
    node: SyntaxNode,
    operand: Expression,
    bracketed: boolean,
  ): Expression;
}

type Modified = Extract<Expression, { offsetMs: number }>;

function modify(
  operand: Expression,
  change: (modified: Modified) => Modified,
): Expression | undefined {
  if (operand.kind === 'range') {
    const selector = change(operand.selector);
    return selector.kind === 'selector' ? { ...operand, selector } : undefined;
  }
  return operand.kind === 'selector' || operand.kind === 'subquery'
    ? change(operand)
    : undefined;
}

const preceded =
  'modifier must be preceded by an instant vector selector or range vector selector or a subquery';

const offset: Suffix = {
  apply(text, node, operand, bracketed) {
    const offsetMs = durationAt(text, childrenOf(node)[2]);
    const moved = modify(operand, modified => {
      if (modified.offsetMs === 0) return { ...modified, offsetMs };
      throw mistake(text, operand.from, 'offset may not be set multiple times');
    });
    if (moved && !bracketed) return moved;
    throw mistake(text, operand.from, `offset ${preceded}`);
  },
};

const at: Suffix = {
  apply(text, node, operand, bracketed) {
    const time = atOf(text, childrenOf(node)[2]);
    const pinned = modify(operand, modified => {
      if (!modified.at) return { ...modified, at: time };
      throw mistake(
        text,
        operand.from,
        '@ <timestamp> may not be set multiple times',
      );
    });
    if (pinned && !bracketed) return pinned;
    throw mistake(text, operand.from, `@ ${preceded}`);
  },
};

const range: Suffix = {
  apply(text, node, operand, bracketed) {
    const rangeMs = rangeAt(text, childrenOf(node)[1]);
    if (operand.kind !== 'selector' || bracketed)
      throw mistake(
        text,
        operand.from,
        'ranges only allowed for vector selectors',
      );
    if (operand.offsetMs !== 0)
      throw mistake(
        text,
        operand.from,
        'no offset modifiers allowed before range',
      );
    if (operand.at)
      throw mistake(text, operand.from, 'no @ modifiers allowed before range');
    const { from } = operand;
    return { kind: 'range', selector: operand, rangeMs, from, to: node.to };
  },
};

const subquery: Suffix = {
  apply(text, node, operand) {
    const [, rangeNode, stepNode] = childrenOf(node);
    return {
      kind: 'subquery',
      inner: operand,
      rangeMs: rangeAt(text, rangeNode),
      ...(stepNode && { stepMs: rangeAt(text, stepNode) }),
      offsetMs: 0,
      from: operand.from,
      to: node.to,
    };
  },
};

const suffixes: Record<string, Suffix> = {
  OffsetExpr: offset,
  StepInvariantExpr: at,
  MatrixSelector: range,
  SubqueryExpr: subquery,
};

/** @param bracketed whether the operand stands in parentheses, which no modifier but a subquery's may follow */
export function applySuffix(
  text: string,
  node: SyntaxNode,
  operand: Expression,
  bracketed: boolean,
): Expression {
  const suffix = suffixes[node.name];
  if (suffix) return suffix.apply(text, node, operand, bracketed);
  const keyword = childrenOf(node)[1];
  throw mistake(
    text,
    keyword.from,
    `modifier "${text.slice(keyword.from, keyword.to)}" is not supported`,
  );
}
