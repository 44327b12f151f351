import type { SyntaxNode, Tree } from '@lezer/common';
import type { QueryError } from '../../types.ts';
import { mistake } from './mistake.ts';

const SHOWN = 30;

function wordAt(text: string, at: number): string {
  const rest = text.slice(at);
  const word =
    /^\s*([a-zA-Z_:][\w:]*|\d[\w.]*|"[^"\n]*"?|'[^'\n]*'?|[^\s\w])/u.exec(
      rest,
    )?.[1];
  if (word === undefined) return 'end of input';
  return `"${word.length > SHOWN ? `${word.slice(0, SHOWN)}...` : word}"`;
}

/** `foo(x)` of an unknown foo parses as a metric with rubbish behind it. */
function unknownFunction(
  text: string,
  error: SyntaxNode,
): QueryError | undefined {
  const before = /([a-zA-Z_:][\w:]*)\s*$/.exec(text.slice(0, error.from));
  if (!before || !/^\s*\(/.test(text.slice(error.from))) return undefined;
  const message = `unknown function with name "${before[1]}"`;
  return mistake(text, before.index, message);
}

/** Each operator may be a level of the tree that is walked later. */
const MAX_OPERATORS = 1000;
const OPERATIONS =
  /^(?:BinaryExpr|UnaryExpr|OffsetExpr|StepInvariantExpr|MatrixSelector|SubqueryExpr)$/;

/** @throws QueryError at the first place the grammar had to skip or invent something, and when there are too many operators */
export function refuseErrors(text: string, tree: Tree): void {
  if (/^(?:\s|#[^\n]*(?:\n|$))*$/.test(text))
    throw mistake(text, 0, 'no expression found in input');
  let first: SyntaxNode | undefined;
  let operators = 0;
  tree.iterate({
    enter(node) {
      if (first) return false;
      if (node.type.isError) first = node.node;
      if (OPERATIONS.test(node.name)) operators += 1;
      return true;
    },
  });
  if (operators > MAX_OPERATORS)
    throw mistake(text, 0, `more than ${MAX_OPERATORS} operators`);
  if (!first) return;
  throw (
    unknownFunction(text, first) ??
    mistake(text, first.from, `unexpected ${wordAt(text, first.from)}`)
  );
}
