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

/** @throws Error when its counted repetitions make it too large */
export function compileProgram(
  pattern: string,
  regex: ParsedRegex,
): Instruction[] {
  const program: Instruction[] = [];

  const emit = <T extends Instruction>(instruction: T): T => {
    if (program.length >= MAX_INSTRUCTIONS)
      throw regexMistake(pattern, 'expression too large');
    program.push(instruction);
    return instruction;
  };

  /** A way around or back that prefers to go on, unless it is lazy. */
  const branch = (lazy: boolean) => {
    const split = emit({ do: 'split', first: 0, second: 0 });
    return (inside: number, outside: number) => {
      split.first = lazy ? outside : inside;
      split.second = lazy ? inside : outside;
    };
  };

  const repeat = (node: Extract<Regex, { kind: 'repeat' }>) => {
    const { inner, least, most, lazy } = node;
    for (let count = 0; count < least; count++) write(inner);
    if (most === Infinity) {
      const start = program.length;
      const set = branch(lazy);
      write(inner);
      emit({ do: 'jump', to: start });
      set(start + 1, program.length);
      return;
    }
    const exits: ((end: number) => void)[] = [];
    for (let count = least; count < most; count++) {
      const set = branch(lazy);
      const inside = program.length;
      exits.push(end => set(inside, end));
      write(inner);
    }
    for (const exit of exits) exit(program.length);
  };

  const choice = (options: Regex[]) => {
    const ends: { to: number }[] = [];
    options.forEach((option, index) => {
      if (index === options.length - 1) {
        write(option);
        return;
      }
      const set = branch(false);
      const inside = program.length;
      write(option);
      ends.push(emit({ do: 'jump', to: 0 }));
      set(inside, program.length);
    });
    for (const end of ends) end.to = program.length;
  };

  const write = (node: Regex): void => {
    switch (node.kind) {
      case 'empty':
        return;
      case 'set':
        emit({ do: 'read', has: node.has });
        return;
      case 'sequence':
        node.parts.forEach(write);
        return;
      case 'choice':
        choice(node.options);
        return;
      case 'repeat':
        repeat(node);
        return;
      case 'group':
        emit({ do: 'save', slot: node.index * 2 });
        write(node.inner);
        emit({ do: 'save', slot: node.index * 2 + 1 });
        return;
      case 'assertion':
        emit({ do: 'assert', holds: node.holds });
        return;
      default:
        node satisfies never;
    }
  };

  write(regex.root);
  emit({ do: 'match' });
  return program;
}
