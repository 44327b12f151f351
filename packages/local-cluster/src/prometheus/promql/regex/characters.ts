import { perlClasses, posixClasses, unicodeClass } from './sets.ts';
import type { Has } from './sets.ts';
import { regexMistake } from './tree.ts';

/** A pattern and how far it is read. */
export class Reader {
  readonly pattern: string;
  readonly #points: string[];
  #next = 0;

  constructor(pattern: string) {
    this.pattern = pattern;
    this.#points = Array.from(pattern);
  }

  peek(ahead = 0): string | undefined {
    return this.#points[this.#next + ahead];
  }

  take(): string | undefined {
    return this.#points[this.#next++];
  }

  /** Takes `text` when it comes next. */
  accept(text: string): boolean {
    const next = this.#points
      .slice(this.#next, this.#next + text.length)
      .join('');
    if (next !== text) return false;
    this.#next += text.length;
    return true;
  }

  /** What matches a pattern from here on, taken; the pattern starts with `^`. */
  acceptMatch(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(
      this.#points.slice(this.#next, this.#next + 60).join(''),
    );
    if (!found) return undefined;
    this.#next += Array.from(found[0]).length;
    return found;
  }

  mistake(message: string): Error {
    return regexMistake(this.pattern, message);
  }
}

const CONTROL: Record<string, number> = {
  a: 7,
  f: 12,
  t: 9,
  n: 10,
  r: 13,
  v: 11,
};

/** What stands behind a backslash, in or out of a class: one character, or a class. */
export function escapeAt(reader: Reader): number | Has {
  const hex = reader.acceptMatch(/^x(?:\{([\da-fA-F]{1,6})\}|([\da-fA-F]{2}))/);
  if (hex) {
    const point = parseInt(hex[1] ?? hex[2], 16);
    if (point <= 0x10ffff) return point;
    throw reader.mistake(`invalid escape sequence: \\${hex[0]}`);
  }
  const property = reader.acceptMatch(/^([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/);
  if (property) {
    const [whole, letter, caret, long, short] = property;
    const name = long ?? short;
    const has = name === 'Any' ? () => true : unicodeClass(name);
    if (!has) throw reader.mistake(`invalid character class range: \\${whole}`);
    const negated = (letter === 'P') !== (caret === '^');
    return negated ? point => !has(point) : has;
  }
  const octal = reader.acceptMatch(/^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/);
  if (octal) return parseInt(octal[0], 8);
  const letter = reader.take();
  if (letter === undefined)
    throw reader.mistake('trailing backslash at end of expression');
  if (letter in CONTROL) return CONTROL[letter];
  if (letter in perlClasses) return perlClasses[letter];
  if (/^[1-9]$/.test(letter))
    throw reader.mistake(
      `invalid escape sequence: \\${letter} (RE2 has no backreferences)`,
    );
  if (/^\w$/.test(letter) || letter.charCodeAt(0) >= 0x80)
    throw reader.mistake(`invalid escape sequence: \\${letter}`);
  return letter.charCodeAt(0);
}

/** One character of a class, or a class in it. */
function memberAt(reader: Reader): number | Has {
  const posix = reader.acceptMatch(/^\[:(\^?)(\w+):\]/);
  if (posix) {
    const [whole, caret, name] = posix;
    if (!Object.hasOwn(posixClasses, name))
      throw reader.mistake(`invalid character class range: ${whole}`);
    const has = posixClasses[name];
    return caret === '^' ? point => !has(point) : has;
  }
  const character = reader.take();
  if (character === '\\') return escapeAt(reader);
  const point = character?.codePointAt(0);
  if (point === undefined) throw reader.mistake('missing closing ]');
  return point;
}

/** `[a-z]`, from behind its `[`. */
export function classAt(reader: Reader): { has: Has; negated: boolean } {
  const negated = reader.accept('^');
  const members: Has[] = [];
  for (let first = true; first || reader.peek() !== ']'; first = false) {
    const from = memberAt(reader);
    if (typeof from !== 'number') {
      members.push(from);
      continue;
    }
    let to = from;
    if (reader.peek() === '-' && reader.peek(1) !== ']') {
      reader.take();
      const end = memberAt(reader);
      if (typeof end !== 'number' || end < from)
        throw reader.mistake('invalid character class range');
      to = end;
    }
    members.push(point => point >= from && point <= to);
  }
  reader.take();
  return { has: point => members.some(has => has(point)), negated };
}
