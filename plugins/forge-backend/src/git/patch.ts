export interface PatchLine {
  kind: 'context' | 'added' | 'removed' | 'note';
  text: string;
}

export interface PatchHunk {
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  heading: string;
  lines: PatchLine[];
}

export interface PatchedFile {
  binary: boolean;
  hunks: PatchHunk[];
  truncated: boolean;
}

const MAX_LINES = 2000;
const MAX_LINE_LENGTH = 2000;
const KINDS: Record<string, PatchLine['kind']> = {
  ' ': 'context',
  '+': 'added',
  '-': 'removed',
  '\\': 'note',
};

/**
 * Sections of a unified patch as git writes it, in its order. File names are not read here, git quotes them; they come
 * from `--raw -z`.
 */
export function parsePatch(patch: string): PatchedFile[] {
  const files: PatchedFile[] = [];
  let lines = 0;
  for (const line of patch.split('\n')) {
    const file = files.at(-1);
    const hunk = file?.hunks.at(-1);
    const kind = KINDS[line[0]];
    const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/.exec(
      line,
    );
    // Inside a hunk every line begins with " ", "+", "-" or "\", so these two are never content.
    if (line.startsWith('diff --git ')) {
      files.push({ binary: false, hunks: [], truncated: false });
      lines = 0;
    } else if (file && header) {
      file.hunks.push({
        oldStart: Number(header[1]),
        oldLines: Number(header[2] ?? 1),
        newStart: Number(header[3]),
        newLines: Number(header[4] ?? 1),
        heading: header[5].slice(0, 200),
        lines: [],
      });
    } else if (
      file &&
      !hunk &&
      /^(Binary files |GIT binary patch)/.test(line)
    ) {
      file.binary = true;
    } else if (file && hunk && kind) {
      lines += 1;
      if (lines > MAX_LINES) file.truncated = true;
      else hunk.lines.push({ kind, text: line.slice(1, MAX_LINE_LENGTH) });
    }
  }
  return files;
}
