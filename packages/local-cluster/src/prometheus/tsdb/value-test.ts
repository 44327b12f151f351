import { createContext, Script } from 'node:vm';
import { type Matcher, QueryError } from '../types.ts';

const LONGEST_PATTERN = 4096;
/** Some patterns take time that doubles with each character of the text; all values together may take this long. */
const LONGEST_MATCH_MS = 150;

/** Only texts and alternatives of texts: `GET`, `2..` does not, `GET|POST` does. */
const PLAIN = /^[\w\-/ :,=]*(\|[\w\-/ :,=]*)*$/;
/** Repeats at most single characters, classes or dots: cannot take long. */
const SINGLE_REPEATS = /^(?:[^()[\]*+?{}\\]|\\.|\[(?:[^\]\\]|\\.)+\])[*+?]?$/;

/** Whether a value passes, each distinct one tried once. @throws QueryError */
export function valueTest(
  operator: Matcher['operator'],
  wanted: string,
): (value: string) => boolean {
  switch (operator) {
    case '=':
      return value => value === wanted;
    case '!=':
      return value => value !== wanted;
    case '=~':
      return matches(wanted);
    case '!~': {
      const test = matches(wanted);
      return value => !test(value);
    }
    default:
      throw new QueryError('bad_data', `unknown match operator ${operator}`);
  }
}

function matches(pattern: string): (value: string) => boolean {
  if (PLAIN.test(pattern)) {
    const texts = new Set(pattern.split('|'));
    return value => texts.has(value);
  }
  const expression = compile(pattern);
  const known = new Map<string, boolean>();
  const test = isTame(pattern)
    ? (value: string) => expression.test(value)
    : testInTime(expression, pattern);
  return value => {
    let passes = known.get(value);
    if (passes === undefined) {
      passes = test(value);
      known.set(value, passes);
    }
    return passes;
  };
}

/** At most two repeats, none of a group. */
function isTame(pattern: string): boolean {
  const pieces =
    pattern.match(/(?:\\.|\[(?:[^\]\\]|\\.)+\]|[^\\])[*+?]?/gs) ?? [];
  return (
    pieces.every(
      piece => SINGLE_REPEATS.test(piece) || piece === '(' || piece === ')',
    ) && pieces.filter(piece => /[*+]$/.test(piece)).length <= 2
  );
}

/** Anchored and with `.` for line ends too, as Prometheus does. */
function compile(pattern: string): RegExp {
  if (pattern.length > LONGEST_PATTERN) {
    throw new QueryError(
      'bad_data',
      `a regular expression of ${pattern.length} characters is longer than the ${LONGEST_PATTERN} that are allowed`,
    );
  }
  const [, flags = '', rest] = /^(?:\(\?([is]+)\))?(.*)$/s.exec(pattern) ?? [];
  const letters = flags.includes('i') ? 'is' : 's';
  try {
    return new RegExp(`^(?:${rest})$`, `${letters}u`);
  } catch {
    return compileLoosely(rest, letters);
  }
}

/** With escapes that need none, such as `\-`, which Prometheus takes too. */
function compileLoosely(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, flags);
  } catch (error) {
    throw new QueryError(
      'bad_data',
      `error parsing regexp ${JSON.stringify(pattern)}: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}

/** A regular expression cannot be interrupted, but a script that runs one can. */
function testInTime(
  expression: RegExp,
  pattern: string,
): (value: string) => boolean {
  const context = createContext({ expression, value: '' });
  const script = new Script('expression.test(value)');
  let leftMs = LONGEST_MATCH_MS;
  return value => {
    const startedMs = performance.now();
    context.value = value;
    try {
      return script.runInContext(context, {
        timeout: Math.max(1, Math.ceil(leftMs)),
      });
    } catch {
      throw new QueryError(
        'timeout',
        `the regular expression ${JSON.stringify(
          pattern,
        )} takes too long: repeat no group that itself repeats`,
      );
    } finally {
      leftMs -= performance.now() - startedMs;
    }
  };
}
