/** One command of a transcript and what it prints. */
export interface Step {
  /** Of the `$` line. */
  line: number;
  command: string;
  expected: string[];
}

/**
 * Reads a transcript: `$` begins a command, what follows is what it prints (standard output, then standard error, then
 * `[exit <code>]` unless that is 0), `#` begins a remark.
 */
export function readTranscript(text: string): Step[] {
  const steps: Step[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.startsWith('#')) return;
    if (line.startsWith('$ ')) {
      steps.push({ line: index + 1, command: line.slice(2), expected: [] });
    } else steps.at(-1)?.expected.push(line);
  });
  return steps;
}

/** Splits a command as a shell does, as far as transcripts need it: spaces, and single and double quotes. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replace(
      /'([^']*)'|"([^"]*)"/g,
      (_, single, double) => single ?? double,
    ),
  );
}

/** What differs from run to run: `<age>` and the like. */
const PLACEHOLDERS: Record<string, string> = {
  age: '\\d+[smhd](\\d+[smhd])?',
  hash: '[a-z0-9]{8,10}',
  id: '[a-z0-9]{5}',
  number: '\\d+',
  time: '\\S.*?\\d\\d:\\d\\d:\\d\\d\\S*( [+-]\\d{4})?( UTC)?',
  uid: '[0-9a-f-]{36}',
  word: '\\S+',
  any: '.*',
};

/** Columns are as wide as their longest cell, which may be a name that differs: any run of spaces is like any other. */
function patternOf(line: string): RegExp {
  const escaped = line
    .trim()
    .split(/\s+/)
    .map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\s+');
  const source = escaped.replace(
    /<(\w+)>/g,
    (whole, name) => PLACEHOLDERS[name] ?? whole,
  );
  return new RegExp(`^\\s*${source}\\s*$`);
}

const withoutEnd = (lines: string[]) =>
  lines.slice(0, lines.findLastIndex(line => line.trim() !== '') + 1);

/** A line `...` stands for any lines, or none. */
function fits(expected: string[], printed: string[]): boolean {
  const [first, ...rest] = expected;
  if (first === undefined) return printed.length === 0;
  if (first.trim() === '...') {
    return printed
      .concat('')
      .some((_, skipped) => fits(rest, printed.slice(skipped)));
  }
  return (
    printed.length > 0 &&
    patternOf(first).test(printed[0]) &&
    fits(rest, printed.slice(1))
  );
}

/** Whether a command printed what its transcript says. */
export const matches = (expected: string[], printed: string[]): boolean =>
  fits(withoutEnd(expected), withoutEnd(printed));
