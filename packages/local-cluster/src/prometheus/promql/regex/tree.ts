/** A regular expression in RE2's syntax, taken apart. */
export type Regex =
  | { kind: 'empty' }
  | { kind: 'set'; has(codePoint: number): boolean }
  | { kind: 'sequence'; parts: Regex[] }
  | { kind: 'choice'; options: Regex[] }
  | { kind: 'repeat'; inner: Regex; least: number; most: number; lazy: boolean }
  | { kind: 'group'; inner: Regex; index: number }
  | { kind: 'assertion'; holds: Assertion };

/** What stands before and after a place; undefined at the ends. */
export type Assertion = (
  before: number | undefined,
  after: number | undefined,
) => boolean;

export interface ParsedRegex {
  root: Regex;
  /** Groups that capture, the whole match not counted. */
  groups: number;
  groupNames: ReadonlyMap<string, number>;
}

export interface Flags {
  ignoreCase: boolean;
  multiline: boolean;
  dotAll: boolean;
  lazy: boolean;
}

export function regexMistake(pattern: string, message: string): Error {
  return new Error(
    `error parsing regexp ${JSON.stringify(pattern.slice(0, 200))}: ${message}`,
  );
}
