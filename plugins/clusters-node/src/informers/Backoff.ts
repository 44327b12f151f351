/** Bounds of the pause between attempts. */
export interface BackoffOptions {
  minMs: number;
  maxMs: number;
  /** 0..1 */
  random: () => number;
}

/**
 * Exponential backoff with full jitter, so that many watchers do not come back at once.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** How long to wait after one more failure. */
  nextMs(): number {
    const { minMs, maxMs, random } = this.#options;
    const ceiling = Math.min(maxMs, minMs * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 30);
    return minMs + random() * (ceiling - minMs);
  }

  reset(): void {
    this.#failures = 0;
  }
}
