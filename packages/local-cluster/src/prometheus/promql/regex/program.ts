import { regexMistake } from './tree.ts';
import type { Assertion, ParsedRegex, Regex } from './tree.ts';

/** Steps of a matcher that never goes back (R. Cox, "Regular Expression Matching: the Virtual Machine Approach"). */
export type Instruction =
  | { do: 'read'; has(codePoint: number): boolean }
  /** Goes on at both, `first` preferred. */
  | { do: 'split'; first: number; second: number }
  | { do: 'jump'; to: number }
  | { do: 'save'; slot: number }
  | { do: 'assert'; holds: Assertion }
  | { do: 'match' };

const MAX_INSTRUCTIONS = 10_000;
/** `((){1000}){1000}` has few instructions and many parts. */
const MAX_PARTS = 100_000;

/** Writes the steps of one pattern, part by part. */
class ProgramWriter {
  readonly program: Instruction[] = [];
  readonly #pattern: string;
  #parts = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  #tooLarge(): Error {
    return regexMistake(this.#pattern, 'expression too large');
  }

  emit<T extends Instruction>(instruction: T): T {
    if (this.program.length >= MAX_INSTRUCTIONS) throw this.#tooLarge();
    this.program.push(instruction);
    return instruction;
  }

  /** A way around or back that prefers to go on, unless it is lazy; to be told where both lead. */
  #branch(lazy: boolean): (inside: number, outside: number) => void {
    const split = this.emit({ do: 'split', first: 0, second: 0 });
    return (inside, outside) => {
      split.first = lazy ? outside : inside;
      split.second = lazy ? inside : outside;
    };
  }

  #loop(inner: Regex, lazy: boolean): void {
    const start = this.program.length;
    const lead = this.#branch(lazy);
    this.write(inner);
    this.emit({ do: 'jump', to: start });
    lead(start + 1, this.program.length);
  }

  #repeat(node: Extract<Regex, { kind: 'repeat' }>): void {
    const { inner, least, most, lazy } = node;
    for (let count = 0; count < least; count++) this.write(inner);
    if (most === Infinity) {
      this.#loop(inner, lazy);
      return;
    }
    const exits: ((end: number) => void)[] = [];
    for (let count = least; count < most; count++) {
      const lead = this.#branch(lazy);
      const inside = this.program.length;
      exits.push(end => lead(inside, end));
      this.write(inner);
    }
    for (const exit of exits) exit(this.program.length);
  }

  #choice(options: Regex[]): void {
    const ends: { to: number }[] = [];
    options.forEach((option, index) => {
      if (index === options.length - 1) {
        this.write(option);
        return;
      }
      const lead = this.#branch(false);
      const inside = this.program.length;
      this.write(option);
      ends.push(this.emit({ do: 'jump', to: 0 }));
      lead(inside, this.program.length);
    });
    for (const end of ends) end.to = this.program.length;
  }

  write(node: Regex): void {
    this.#parts += 1;
    if (this.#parts > MAX_PARTS) throw this.#tooLarge();
    switch (node.kind) {
      case 'empty':
        return;
      case 'set':
        this.emit({ do: 'read', has: node.has });
        return;
      case 'sequence':
        for (const part of node.parts) this.write(part);
        return;
      case 'choice':
        this.#choice(node.options);
        return;
      case 'repeat':
        this.#repeat(node);
        return;
      case 'group':
        this.emit({ do: 'save', slot: node.index * 2 });
        this.write(node.inner);
        this.emit({ do: 'save', slot: node.index * 2 + 1 });
        return;
      case 'assertion':
        this.emit({ do: 'assert', holds: node.holds });
        return;
      default:
        node satisfies never;
    }
  }
}

/** @throws Error when its counted repetitions make it too large */
export function compileProgram(
  pattern: string,
  regex: ParsedRegex,
): Instruction[] {
  const writer = new ProgramWriter(pattern);
  writer.write(regex.root);
  writer.emit({ do: 'match' });
  return writer.program;
}
