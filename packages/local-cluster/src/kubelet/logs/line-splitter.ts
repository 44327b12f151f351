const NEWLINE = 0x0a;

/** Where to cut so that no UTF-8 character is torn: continuation bytes are 10xxxxxx, and a character has at most four. */
function characterBoundary(bytes: Buffer, at: number): number {
  let cut = at;
  while (at - cut < 3 && cut > 0 && (bytes[cut] & 0xc0) === 0x80) cut -= 1;
  return cut > 0 ? cut : at;
}

/**
 * Bytes in, lines out. A line longer than `maxBytes` comes in several pieces, as container runtimes do,
 * so that memory stays bounded whatever a program prints.
 */
export class LineSplitter {
  readonly #maxBytes: number;
  #pending: Buffer = Buffer.alloc(0);

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Buffer): Buffer[] {
    const lines: Buffer[] = [];
    let rest =
      this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    while (rest.length > 0) {
      const newline = rest.indexOf(NEWLINE);
      if (newline >= 0 && newline <= this.#maxBytes) {
        lines.push(rest.subarray(0, newline));
        rest = rest.subarray(newline + 1);
      } else if (rest.length > this.#maxBytes) {
        const cut = characterBoundary(rest, this.#maxBytes);
        lines.push(rest.subarray(0, cut));
        rest = rest.subarray(cut);
      } else {
        break;
      }
    }
    this.#pending = rest;
    return lines;
  }

  /** The last line when the program ended without a newline. */
  end(): Buffer[] {
    const rest = this.#pending;
    this.#pending = Buffer.alloc(0);
    return rest.length > 0 ? [rest] : [];
  }
}
