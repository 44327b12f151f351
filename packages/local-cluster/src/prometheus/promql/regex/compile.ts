import { QueryError } from '../../types.ts';
import { parseRegex } from './parse.ts';
import { compileProgram } from './program.ts';
import { runProgram } from './run.ts';

export interface Regexp {
  /** The values of the groups, 0 being the whole; undefined when the text does not match as a whole. */
  match(text: string): (string | undefined)[] | undefined;
  groupNames: ReadonlyMap<string, number>;
}

const LITERALS = /^[^\\.+*?()[\]{}^$]*$/;
const REMEMBERED = 10_000;

const codePoints = (text: string) =>
  Array.from(text, character => character.codePointAt(0) ?? 0);

function guarded<T>(build: () => T): T {
  try {
    return build();
  } catch (error) {
    throw new QueryError(
      'bad_data',
      error instanceof Error ? error.message : String(error),
    );
  }
}

/**
 * A regular expression of RE2 that must match the whole text, with its groups.
 * @throws QueryError that names what is wrong with it
 */
export function compileGroups(pattern: string): Regexp {
  const { program, groups, groupNames } = guarded(() => {
    const regex = parseRegex(pattern);
    return { ...regex, program: compileProgram(pattern, regex) };
  });
  const slots = 2 * (groups + 1);
  return {
    groupNames,
    match(text) {
      const points = codePoints(text);
      const captures = runProgram(program, points, slots);
      if (!captures) return undefined;
      const characters = Array.from(text);
      return Array.from({ length: groups + 1 }, (_, index) => {
        if (index === 0) return text;
        const [from, to] = [captures[2 * index], captures[2 * index + 1]];
        return from < 0 || to < 0
          ? undefined
          : characters.slice(from, to).join('');
      });
    },
  };
}

/**
 * Whether texts match a regular expression of RE2 as a whole. Remembers its answers: label values come again and again.
 * @throws QueryError that names what is wrong with it
 */
export function compileRegex(pattern: string): (text: string) => boolean {
  if (LITERALS.test(pattern)) {
    const literals = new Set(pattern.split('|'));
    return text => literals.has(text);
  }
  const program = guarded(() => compileProgram(pattern, parseRegex(pattern)));
  const answers = new Map<string, boolean>();
  return text => {
    let answer = answers.get(text);
    if (answer !== undefined) return answer;
    answer = runProgram(program, codePoints(text), 0) !== undefined;
    if (answers.size >= REMEMBERED) answers.clear();
    answers.set(text, answer);
    return answer;
  };
}
