import { REDACTED } from './patterns';

/** A private key is not longer; without an end the rest is shown again. */
const MAX_LINES = 100;

/** Hides the lines of a private key that is logged over several lines; one filter a replica. */
export class KeyBlockFilter {
  #inside = 0;

  /** The line, or what stands in its place. */
  next(line: string): string {
    if (this.#inside > 0) {
      this.#inside = /-----END [A-Z ]*PRIVATE KEY-----/.test(line)
        ? 0
        : (this.#inside + 1) % MAX_LINES;
      return REDACTED;
    }
    if (
      /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line) &&
      !/-----END [A-Z ]*PRIVATE KEY-----/.test(line)
    ) {
      this.#inside = 1;
    }
    return line;
  }
}
