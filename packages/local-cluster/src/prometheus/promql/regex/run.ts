import type { Instruction } from './program.ts';

/** Where groups start and end, by slot; -1 where a group took no part. */
export type Captures = readonly number[];

interface Thread {
  at: number;
  captures: Captures;
}

/**
 * Matches the whole of `points`: all ways at once, the preferred first, so the time is the text's length times the program's, whatever
 * the pattern. JavaScript's own engine takes exponential time for `(a|a)*b`.
 */
export function runProgram(
  program: readonly Instruction[],
  points: readonly number[],
  slots: number,
): Captures | undefined {
  const seen = new Int32Array(program.length).fill(-1);

  /** Follows everything that reads nothing, in order of preference; captures when it ends here. */
  const follow = (
    start: Thread,
    place: number,
    threads: Thread[],
  ): Captures | undefined => {
    const open = [start];
    let matched: Captures | undefined;
    for (let thread = open.pop(); thread; thread = open.pop()) {
      const { at, captures } = thread;
      if (seen[at] === place) continue;
      seen[at] = place;
      const instruction = program[at];
      switch (instruction.do) {
        case 'split':
          open.push({ at: instruction.second, captures });
          open.push({ at: instruction.first, captures });
          break;
        case 'jump':
          open.push({ at: instruction.to, captures });
          break;
        case 'save':
          open.push({
            at: at + 1,
            captures:
              slots === 0 ? captures : captures.with(instruction.slot, place),
          });
          break;
        case 'assert':
          if (instruction.holds(points[place - 1], points[place]))
            open.push({ at: at + 1, captures });
          break;
        case 'match':
          if (place === points.length) matched ??= captures;
          break;
        default:
          threads.push(thread);
      }
    }
    return matched;
  };

  let threads: Thread[] = [];
  let matched = follow(
    { at: 0, captures: new Array<number>(slots).fill(-1) },
    0,
    threads,
  );
  for (let place = 0; place < points.length && threads.length > 0; place++) {
    const next: Thread[] = [];
    for (const { at, captures } of threads) {
      const instruction = program[at];
      if (instruction.do !== 'read' || !instruction.has(points[place]))
        continue;
      matched ??= follow({ at: at + 1, captures }, place + 1, next);
    }
    threads = next;
  }
  return matched;
}
