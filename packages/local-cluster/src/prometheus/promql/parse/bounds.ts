import { QueryError } from '../../types.ts';
import { mistake } from './mistake.ts';

const MAX_BYTES = 20_000;
const MAX_NESTING = 100;

/** Each operator may be a level of the tree that is walked later. */
const MAX_OPERATORS = 1000;

const PIECE =
  /"(?:[^\\"\n]|\\.)*"?|'(?:[^\\'\n]|\\.)*'?|`[^`]*`?|#[^\n]*|[()[\]{}]|[=!<>]+|[-+*/%^@]|\b(?:and|or|unless|atan2|offset)\b/gi;
const LITERAL = /^["'`#]/;

/**
 * Refuses texts that would take the parser long or deep before it sees them.
 * @throws QueryError that names the limit
 */
export function checkBounds(text: string): void {
  if (text.length > MAX_BYTES) {
    throw new QueryError(
      'bad_data',
      `the query has ${text.length} characters; at most ${MAX_BYTES} are read`,
    );
  }
  let depth = 0;
  let operators = 0;
  let inMatchers = false;
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    if (LITERAL.test(piece)) continue;
    if (piece === '{') inMatchers = true;
    if (piece === '}') inMatchers = false;
    if (/^[([{]/.test(piece)) depth += 1;
    else if (/^[)\]}]/.test(piece)) depth -= 1;
    else if (!inMatchers) operators += 1;
    if (piece === '[') operators += 1;
    if (depth > MAX_NESTING) {
      throw mistake(
        text,
        index,
        `brackets are nested more than ${MAX_NESTING} deep`,
      );
    }
    if (operators > MAX_OPERATORS)
      throw mistake(text, index, `more than ${MAX_OPERATORS} operators`);
  }
}
