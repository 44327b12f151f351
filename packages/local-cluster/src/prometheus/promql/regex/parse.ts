import { Reader, classAt, escapeAt } from './characters.ts';
import { foldCase, word } from './sets.ts';
import type { Has } from './sets.ts';
import type { Assertion, Flags, ParsedRegex, Regex } from './tree.ts';

const MAX_NESTING = 200;
const MAX_REPEAT = 1000;
const NEWLINE = 10;

const isWord = (point: number | undefined) =>
  point !== undefined && word(point);
const textStart: Assertion = before => before === undefined;
const textEnd: Assertion = (_, after) => after === undefined;
const lineStart: Assertion = before =>
  before === undefined || before === NEWLINE;
const lineEnd: Assertion = (_, after) =>
  after === undefined || after === NEWLINE;
const wordEdge: Assertion = (before, after) => isWord(before) !== isWord(after);

const assertionEscapes: Record<string, Assertion> = {
  A: textStart,
  z: textEnd,
  b: wordEdge,
  B: (before, after) => !wordEdge(before, after),
};

/** Recursive descent over RE2's syntax. */
class RegexParser {
  readonly #reader: Reader;
  readonly groupNames = new Map<string, number>();
  groups = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#reader = new Reader(pattern);
  }

  #set(has: Has, flags: Flags, negated = false): Regex {
    const folded = flags.ignoreCase ? foldCase(has) : has;
    return {
      kind: 'set',
      has: negated ? point => !folded(point) : folded,
    };
  }

  #literal(point: number, flags: Flags): Regex {
    return this.#set(other => other === point, flags);
  }

  /** `(?i)` and `(?i:`; answers the flags and whether a group follows. */
  #flags(flags: Flags): { flags: Flags; group: boolean } | undefined {
    const found = this.#reader.acceptMatch(/^\?([imsU]*)(?:-([imsU]+))?([:)])/);
    if (!found) return undefined;
    const [, on, off = '', end] = found;
    const flag = (letter: string, now: boolean) =>
      (now || on.includes(letter)) && !off.includes(letter);
    return {
      flags: {
        ignoreCase: flag('i', flags.ignoreCase),
        multiline: flag('m', flags.multiline),
        dotAll: flag('s', flags.dotAll),
        lazy: flag('U', flags.lazy),
      },
      group: end === ':',
    };
  }

  #groupIndex(): number {
    this.groups += 1;
    const index = this.groups;
    const named = this.#reader.acceptMatch(/^\?P?<(\w+)>/);
    if (named) {
      if (this.groupNames.has(named[1]))
        throw this.#reader.mistake(`duplicate capture group name: ${named[1]}`);
      this.groupNames.set(named[1], index);
    } else if (this.#reader.peek() === '?') {
      const look = this.#reader.acceptMatch(/^\?(?:<?[=!]|P?<|[^)]?)/);
      throw this.#reader.mistake(
        /[=!]$/.test(look?.[0] ?? '')
          ? `RE2 has no lookahead or lookbehind: (${look?.[0]}`
          : `invalid or unsupported Perl syntax: (${look?.[0] ?? ''}`,
      );
    }
    return index;
  }

  #close(): void {
    if (this.#reader.take() !== ')')
      throw this.#reader.mistake('missing closing )');
  }

  #atom(flags: Flags): Regex {
    const character = this.#reader.take();
    switch (character) {
      case '(': {
        const index = this.#groupIndex();
        const inner = this.choice(flags);
        this.#close();
        return { kind: 'group', inner, index };
      }
      case '[': {
        const { has, negated } = classAt(this.#reader);
        return this.#set(has, flags, negated);
      }
      case '.':
        return this.#set(point => flags.dotAll || point !== NEWLINE, flags);
      case '^':
        return {
          kind: 'assertion',
          holds: flags.multiline ? lineStart : textStart,
        };
      case '$':
        return {
          kind: 'assertion',
          holds: flags.multiline ? lineEnd : textEnd,
        };
      case '\\': {
        const assertion = this.#reader.acceptMatch(/^[AzbB]/);
        if (assertion)
          return { kind: 'assertion', holds: assertionEscapes[assertion[0]] };
        const escaped = escapeAt(this.#reader);
        return typeof escaped === 'number'
          ? this.#literal(escaped, flags)
          : this.#set(escaped, flags);
      }
      case '*':
      case '+':
      case '?':
        throw this.#reader.mistake(
          `missing argument to repetition operator: ${character}`,
        );
      default: {
        const point = character?.codePointAt(0);
        return point === undefined
          ? { kind: 'empty' }
          : this.#literal(point, flags);
      }
    }
  }

  #bounds(): [least: number, most: number] | undefined {
    if (this.#reader.accept('*')) return [0, Infinity];
    if (this.#reader.accept('+')) return [1, Infinity];
    if (this.#reader.accept('?')) return [0, 1];
    const counted = this.#reader.acceptMatch(/^\{(\d+)(?:(,)(\d*))?\}/);
    if (!counted) return undefined;
    const [whole, from, comma, to] = counted;
    const least = Number(from);
    let most = least;
    if (comma) most = to === '' ? Infinity : Number(to);
    if (
      least > MAX_REPEAT ||
      most < least ||
      (most > MAX_REPEAT && most !== Infinity)
    )
      throw this.#reader.mistake(`invalid repeat count: ${whole}`);
    return [least, most];
  }

  /** What comes next of `*`, `+?`, `{2,3}`, around what stands before it. */
  #repetition(inner: Regex, flags: Flags): Regex {
    const bounds = this.#bounds();
    if (!bounds) return inner;
    const lazy = this.#reader.accept('?') !== flags.lazy;
    if (this.#bounds())
      throw this.#reader.mistake('invalid nested repetition operator');
    return { kind: 'repeat', inner, least: bounds[0], most: bounds[1], lazy };
  }

  /** `\Q...\E`, taken as it stands; a repetition behind it is the last character's. */
  #quoted(flags: Flags): Regex[] {
    const parts: Regex[] = [];
    while (this.#reader.peek() !== undefined && !this.#reader.accept('\\E')) {
      const point = this.#reader.take()?.codePointAt(0);
      if (point !== undefined) parts.push(this.#literal(point, flags));
    }
    const last = parts.pop();
    if (last) parts.push(this.#repetition(last, flags));
    return parts;
  }

  /** Up to the `)` that closes it, or the end. */
  choice(outer: Flags): Regex {
    this.#depth += 1;
    if (this.#depth > MAX_NESTING)
      throw this.#reader.mistake('expression nests too deeply');
    let flags = outer;
    const options: Regex[] = [];
    let parts: Regex[] = [];
    const finish = () => {
      options.push(
        parts.length === 0 ? { kind: 'empty' } : { kind: 'sequence', parts },
      );
      parts = [];
    };
    for (
      let next = this.#reader.peek();
      next !== undefined && next !== ')';
      next = this.#reader.peek()
    ) {
      if (this.#reader.accept('|')) finish();
      else if (this.#reader.accept('\\Q')) parts.push(...this.#quoted(flags));
      else if (next === '(' && this.#reader.peek(1) === '?')
        flags = this.#flagged(flags, parts);
      else parts.push(this.#repetition(this.#atom(flags), flags));
    }
    finish();
    this.#depth -= 1;
    return options.length === 1 ? options[0] : { kind: 'choice', options };
  }

  /** A `(?`: flags for what follows, or a group, which `parts` gets. */
  #flagged(flags: Flags, parts: Regex[]): Flags {
    const ahead = this.#reader.acceptMatch(/^\((?=\?[imsU]*(?:-[imsU]+)?[:)])/);
    if (!ahead) {
      parts.push(this.#repetition(this.#atom(flags), flags));
      return flags;
    }
    const found = this.#flags(flags);
    if (!found?.group) return found?.flags ?? flags;
    const inner = this.choice(found.flags);
    this.#close();
    parts.push(this.#repetition(inner, flags));
    return flags;
  }

  whole(): Regex {
    const root = this.choice({
      ignoreCase: false,
      multiline: false,
      dotAll: false,
      lazy: false,
    });
    if (this.#reader.peek() === ')') throw this.#reader.mistake('unexpected )');
    return root;
  }
}

/** @throws Error that names what RE2 has not */
export function parseRegex(pattern: string): ParsedRegex {
  const parser = new RegexParser(pattern);
  const root = parser.whole();
  return { root, groups: parser.groups, groupNames: parser.groupNames };
}
