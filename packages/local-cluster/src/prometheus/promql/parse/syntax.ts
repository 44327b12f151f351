import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { mistake } from './mistake.ts';
import { childrenOf } from './selectors.ts';

/** Ends at the first mistake: going on behind mistakes, as editors need it, takes seconds for 20 kB of rubbish. */
const strictParser = parser.configure({ strict: true });

const SHOWN = 30;
const BLANK = /^(?:\s|#[^\n]*(?:\n|$))*$/;

function wordAt(text: string, at: number): string {
  const rest = text.slice(at);
  const word =
    /^\s*([a-zA-Z_:][\w:]*|\d[\w.]*|"[^"\n]*"?|'[^'\n]*'?|[^\s\w])/u.exec(
      rest,
    )?.[1];
  if (word === undefined) return 'end of input';
  return `"${word.length > SHOWN ? `${word.slice(0, SHOWN)}...` : word}"`;
}

function unexpected(text: string, at: number): Error {
  // foo(x) of an unknown foo is a metric with rubbish behind it.
  const called = /([a-zA-Z_:][\w:]*)\s*$/.exec(text.slice(0, at));
  return called && /^\s*\(/.test(text.slice(at))
    ? mistake(text, called.index, `unknown function with name "${called[1]}"`)
    : mistake(text, at, `unexpected ${wordAt(text, at)}`);
}

function parseStrictly(text: string): Tree {
  try {
    return strictParser.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = Number(/\d+$/.exec(error.message)?.[0] ?? 0);
    throw unexpected(text, at);
  }
}

/**
 * The tree of a query that has one.
 * @throws QueryError that tells the first place that does not fit
 */
export function readTree(text: string): SyntaxNode {
  if (BLANK.test(text)) throw mistake(text, 0, 'no expression found in input');
  const tree = parseStrictly(text);
  tree.iterate({
    enter({ type, from }) {
      if (type.isError) throw unexpected(text, from);
    },
  });
  const [expression] = childrenOf(tree.topNode);
  if (!expression) throw mistake(text, 0, 'no expression found in input');
  if (!BLANK.test(text.slice(expression.to)))
    throw unexpected(text, expression.to);
  return expression;
}
