/** Lines as editors count them: a line break at the end does not begin another. */
export function linesOf(content: string): string[] {
  const lines = content.split(/\r?\n/);
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines;
}
