/** The text of files by their paths. */
export type Files = ReadonlyMap<string, string>;

interface Hunk {
  /** Lines that must be there, and lines that take their place. */
  before: string[];
  after: string[];
  /** Where they are expected, counted from 0. */
  at: number;
}

interface FilePatch {
  path: string;
  /** Undefined for a file that is new or removed. */
  from: string | undefined;
  to: string | undefined;
  hunks: Hunk[];
}

/**
 * Applies a patch as `git diff` writes it, or takes it back. Lines may have moved since, but what surrounds a change must be as it
 * was; renames, modes and files without an end of line are not understood.
 */
export function applyPatch(
  files: Files,
  patch: string,
  direction: 'forwards' | 'backwards',
): Files {
  const result = new Map(files);
  for (const parsed of parsePatch(patch)) {
    const { path, from, to, hunks } =
      direction === 'forwards' ? parsed : reversed(parsed);
    const text = result.get(path);
    if ((from === undefined) !== (text === undefined)) {
      const state = text === undefined ? 'is not there' : 'is there already';
      throw new Error(`${path} ${state}`);
    }
    const lines = (text ?? '').split('\n');
    let moved = 0;
    for (const hunk of hunks) {
      const at = placeOf(hunk, lines, hunk.at + moved, path);
      lines.splice(at, hunk.before.length, ...hunk.after);
      moved = at - hunk.at + hunk.after.length - hunk.before.length;
    }
    if (to === undefined) result.delete(path);
    else result.set(path, lines.join('\n'));
  }
  return result;
}

function parsePatch(patch: string): FilePatch[] {
  return patch
    .split(/^diff --git /m)
    .slice(1)
    .map(section => {
      const [header, ...hunks] = section.split(/^(?=@@ )/m);
      const from = pathOf(/^--- (.+)$/m.exec(header)?.[1]);
      const to = pathOf(/^\+\+\+ (.+)$/m.exec(header)?.[1]);
      const path = to ?? from;
      if (!path) throw new Error(`not understood: ${header.split('\n')[0]}`);
      return { path, from, to, hunks: hunks.map(parseHunk) };
    });
}

/** Paths are written with a first folder `a/` or `b/`. */
function pathOf(written: string | undefined): string | undefined {
  return written === '/dev/null' ? undefined : written?.replace(/^[ab]\//, '');
}

function parseHunk(text: string): Hunk {
  const [header, ...lines] = text.trimEnd().split('\n');
  const [, start] = /^@@ -(\d+)/.exec(header) ?? [];
  const before: string[] = [];
  const after: string[] = [];
  for (const line of lines) {
    const content = line.slice(1);
    if (line.startsWith('\\')) throw new Error('a file has no end of line');
    if (!line.startsWith('+')) before.push(content);
    if (!line.startsWith('-')) after.push(content);
  }
  return { before, after, at: Math.max(0, Number(start) - 1) };
}

function reversed({ path, from, to, hunks }: FilePatch): FilePatch {
  return {
    path,
    from: to,
    to: from,
    hunks: hunks.map(({ before, after, at }) => ({
      before: after,
      after: before,
      at,
    })),
  };
}

/** The place nearest to the expected one. */
function placeOf(
  { before }: Hunk,
  lines: string[],
  expected: number,
  path: string,
): number {
  const fits = (at: number) =>
    before.every((line, i) => lines[at + i] === line);
  for (let off = 0; off <= lines.length; off += 1) {
    if (fits(expected - off)) return expected - off;
    if (fits(expected + off)) return expected + off;
  }
  throw new Error(`${path} does not have these lines:\n${before.join('\n')}`);
}
