import type { DiffHunk, DiffLine } from '@ghostlight/plugin-forge-common';

export interface NumberedLine extends DiffLine {
  key: number;
  /** Where the line is in the file before and after; not there when it has no such place. */
  oldLine?: number;
  newLine?: number;
}

export function numberLines(hunk: DiffHunk): NumberedLine[] {
  let old = hunk.oldStart;
  let now = hunk.newStart;
  return hunk.lines.map((line, key) => {
    const inOld = line.kind === 'context' || line.kind === 'removed';
    const inNew = line.kind === 'context' || line.kind === 'added';
    return {
      ...line,
      key,
      ...(inOld && { oldLine: old++ }),
      ...(inNew && { newLine: now++ }),
    };
  });
}
