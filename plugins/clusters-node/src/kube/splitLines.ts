/** A line without its newline. */
export interface Line {
  text: string;
  /** It was longer than allowed; the rest was dropped while reading. */
  truncated: boolean;
}

/**
 * Splits bytes into lines and never holds more of a line than `maxBytes`, however long it is.
 * A last line without newline is given as well.
 */
export async function* splitLines(
  source: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let size = 0;
  let truncated = false;

  const take = (bytes: Buffer) => {
    const room = maxBytes - size;
    if (bytes.length > room) {
      truncated = true;
    }
    if (room > 0 && bytes.length > 0) {
      const kept = bytes.subarray(0, room);
      parts.push(kept);
      size += kept.length;
    }
  };
  const finish = (): Line => {
    const text = Buffer.concat(parts).toString('utf8').replace(/\r$/, '');
    const line = { text, truncated };
    parts = [];
    size = 0;
    truncated = false;
    return line;
  };

  for await (const chunk of source) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(0x0a, start);
      if (end < 0) {
        take(chunk.subarray(start));
        break;
      }
      take(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
  }
  if (size > 0 || truncated) {
    yield finish();
  }
}
