import { secretPatterns } from './patterns';

/** A line without the secrets that can be told by their form. */
export function redact(line: string): string {
  const lower = line.toLowerCase();
  return secretPatterns.reduce(
    (text, { hints, expression, replacement }) =>
      hints.some(hint => lower.includes(hint))
        ? text.replace(expression, replacement)
        : text,
    line,
  );
}
