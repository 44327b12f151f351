import type { ServiceFileMistake } from '../types';

const AROUND = 3;
const MAX_LINES = 200;
const MAX_LENGTH = 300;

/**
 * The lines around mistakes, the first mistakes first, at most 200 lines of at most 300 characters.
 *
 * @public
 */
export function excerptOf(
  text: string,
  mistakes: readonly ServiceFileMistake[],
): Array<{ line: number; text: string }> {
  const lines = text.split(/\r?\n/);
  const shown = new Set<number>();
  for (const { line } of mistakes) {
    const last = Math.min(lines.length, line + AROUND);
    for (let n = Math.max(1, line - AROUND); n <= last; n++) {
      if (shown.size < MAX_LINES) {
        shown.add(n);
      }
    }
  }
  return [...shown]
    .sort((a, b) => a - b)
    .map(line => ({ line, text: lines[line - 1].slice(0, MAX_LENGTH) }));
}
