export type Has = (codePoint: number) => boolean;

const within =
  (...ranges: [string, string][]): Has =>
  point =>
    ranges.some(
      ([from, to]) => point >= from.charCodeAt(0) && point <= to.charCodeAt(0),
    );

const anyOf =
  (...sets: Has[]): Has =>
  point =>
    sets.some(has => has(point));

const not =
  (has: Has): Has =>
  point =>
    !has(point);

const only =
  (characters: string): Has =>
  point =>
    characters.includes(String.fromCodePoint(point));

const digit = within(['0', '9']);
const lower = within(['a', 'z']);
const upper = within(['A', 'Z']);
const alpha = anyOf(lower, upper);
const alnum = anyOf(alpha, digit);

/** RE2's `\w` is ASCII. */
export const word: Has = anyOf(alnum, only('_'));

/** `\d \s \w` and their opposites, ASCII as in RE2. */
export const perlClasses: Record<string, Has> = {
  d: digit,
  D: not(digit),
  s: only('\t\n\f\r '),
  S: not(only('\t\n\f\r ')),
  w: word,
  W: not(word),
};

/** `[[:alpha:]]` and its like. */
export const posixClasses: Record<string, Has> = {
  alnum,
  alpha,
  ascii: point => point < 0x80,
  blank: only('\t '),
  cntrl: point => point < 0x20 || point === 0x7f,
  digit,
  graph: within(['!', '~']),
  lower,
  print: within([' ', '~']),
  punct: anyOf(within(['!', '/'], [':', '@']), within(['[', '`'], ['{', '~'])),
  space: only('\t\n\v\f\r '),
  upper,
  word,
  xdigit: anyOf(digit, within(['a', 'f'], ['A', 'F'])),
};

/** `\p{L}`, `\p{Greek}`; undefined when Unicode has no such class. */
export function unicodeClass(name: string): Has | undefined {
  for (const property of [name, `Script=${name}`]) {
    try {
      const pattern = new RegExp(`^\\p{${property}}$`, 'u');
      return point => pattern.test(String.fromCodePoint(point));
    } catch {
      // not a class of this sort: the next, or none
    }
  }
  return undefined;
}

/** The same set whatever the case of what it is asked for. */
export function foldCase(has: Has): Has {
  return point => {
    if (has(point)) return true;
    const character = String.fromCodePoint(point);
    return [character.toLowerCase(), character.toUpperCase()].some(other => {
      const folded = other.codePointAt(0);
      return (
        folded !== undefined &&
        String.fromCodePoint(folded) === other &&
        has(folded)
      );
    });
  };
}
