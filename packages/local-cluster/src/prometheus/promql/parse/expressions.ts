import type { SyntaxNode } from '@lezer/common';
import { aggregations } from '../aggregations/registry.ts';
import type { Aggregation, Call, Expression, NumberLiteral } from '../ast.ts';
import { SIGN_PRECEDENCE } from '../binary/operators.ts';
import { functions } from '../functions/registry.ts';
import { flatten } from './flatten.ts';
import type { Piece } from './flatten.ts';
import { parseDuration, parseNumber } from './literals.ts';
import { mistake } from './mistake.ts';
import { childrenOf, labelNamesAt, selectorAt, stringAt } from './selectors.ts';
import { applySuffix } from './suffixes.ts';

function numberAt(text: string, node: SyntaxNode, from: number): NumberLiteral {
  const written = text.slice(from, node.to);
  const value = parseNumber(written);
  if (value !== undefined) return { kind: 'number', value, from, to: node.to };
  throw mistake(
    text,
    from,
    parseDuration(written) === undefined
      ? `bad number or duration syntax: "${written}"`
      : `"${written}" is a duration; a number is needed here, in seconds for times`,
  );
}

function callAt(text: string, node: SyntaxNode): Call {
  const [identifier, body] = childrenOf(node);
  const name = text.slice(identifier.from, identifier.to);
  if (!functions.has(name))
    throw mistake(text, node.from, `function "${name}" is not supported`);
  const args = childrenOf(body).map(arg => expressionAt(text, arg));
  return { kind: 'call', function: name, args, from: node.from, to: node.to };
}

function aggregationAt(text: string, node: SyntaxNode): Aggregation {
  const parts = childrenOf(node);
  const operator = text.slice(parts[0].from, parts[0].to).toLowerCase();
  const known = aggregations.get(operator);
  if (!known) {
    throw mistake(
      text,
      node.from,
      `aggregation "${operator}" is not supported`,
    );
  }
  const body = parts.find(part => part.name === 'FunctionCallBody');
  const args = (body ? childrenOf(body) : []).map(arg =>
    expressionAt(text, arg),
  );
  const expected = known.parameter ? 2 : 1;
  if (args.length === 0)
    throw mistake(
      text,
      node.from,
      'no arguments for aggregate expression provided',
    );
  if (args.length !== expected) {
    throw mistake(
      text,
      node.from,
      `wrong number of arguments for aggregate expression provided, expected ${expected}, got ${args.length}`,
    );
  }
  const modifier = parts.find(part => part.name === 'AggregateModifier');
  const [word, labels] = modifier ? childrenOf(modifier) : [];
  return {
    kind: 'aggregation',
    operator,
    grouping: labels ? labelNamesAt(text, labels) : [],
    without: word?.name === 'Without',
    ...(known.parameter && { parameter: args[0] }),
    inner: args[expected - 1],
    from: node.from,
    to: node.to,
  };
}

function operandAt(text: string, node: SyntaxNode, from: number): Expression {
  switch (node.name) {
    case 'NumberDurationLiteral':
      return numberAt(text, node, from);
    case 'StringLiteral':
      return stringAt(text, node);
    case 'VectorSelector':
      return selectorAt(text, node);
    case 'FunctionCall':
      return callAt(text, node);
    case 'AggregateExpr':
      return aggregationAt(text, node);
    case 'ParenExpr':
      return expressionAt(text, childrenOf(node)[0]);
    default:
      throw mistake(text, node.from, `${node.name} is not supported`);
  }
}

/** Binds a row of pieces as Prometheus does: suffixes first, then `^` (from the right), signs and `* / %`, and so on. */
class Climb {
  readonly #text: string;
  readonly #pieces: Piece[];
  #next = 0;

  constructor(text: string, pieces: Piece[]) {
    this.#text = text;
    this.#pieces = pieces;
  }

  #operand(): Expression {
    const piece = this.#pieces[this.#next++];
    if (piece.kind === 'sign') {
      const inner = this.expression(SIGN_PRECEDENCE + 1);
      const { sign: operator, from } = piece;
      return inner.kind === 'number'
        ? { ...inner, value: operator === '-' ? -inner.value : inner.value }
        : { kind: 'unary', operator, inner, from, to: inner.to };
    }
    if (piece.kind !== 'operand')
      throw mistake(this.#text, 0, 'an operand is missing');
    let operand = operandAt(this.#text, piece.node, piece.from);
    let bracketed = piece.node.name === 'ParenExpr';
    for (
      let suffix = this.#pieces[this.#next];
      suffix?.kind === 'suffix';
      suffix = this.#pieces[++this.#next]
    ) {
      operand = applySuffix(this.#text, suffix.node, operand, bracketed);
      bracketed = false;
    }
    return operand;
  }

  expression(lowest: number): Expression {
    let left = this.#operand();
    for (
      let piece = this.#pieces[this.#next];
      piece?.kind === 'infix' && piece.infix.precedence >= lowest;
      piece = this.#pieces[this.#next]
    ) {
      this.#next += 1;
      const { operator, precedence, rightAssociative, bool, matching } =
        piece.infix;
      const operatorFrom = piece.infix.from;
      const right = this.expression(precedence + (rightAssociative ? 0 : 1));
      const { from } = left;
      const kind = 'binary';
      const how = { operator, operatorFrom, bool, matching };
      left = { kind, ...how, left, right, from, to: right.to };
    }
    return left;
  }
}

export function expressionAt(text: string, node: SyntaxNode): Expression {
  return new Climb(text, flatten(text, node)).expression(0);
}
