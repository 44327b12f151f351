import { QueryError } from '../../types.ts';
import { mistake } from './mistake.ts';

const MAX_BYTES = 20_000;
const MAX_NESTING = 100;

const PIECE =
  /"(?:[^\\"\n]|\\.)*"?|'(?:[^\\'\n]|\\.)*'?|`[^`]*`?|#[^\n]*|[()[\]{}]/g;

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
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    if ('([{'.includes(piece)) depth += 1;
    if (')]}'.includes(piece)) depth -= 1;
    if (depth > MAX_NESTING) {
      throw mistake(
        text,
        index,
        `brackets are nested more than ${MAX_NESTING} deep`,
      );
    }
  }
}
