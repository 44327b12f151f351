import { CustomErrorBase } from '@backstage/errors';

/** One person has too many streams open. */
export class TooManyStreamsError extends CustomErrorBase {
  override name = 'TooManyStreamsError' as const;
  readonly statusCode = 429;
}

/** Counts open streams, so that forgotten tabs do not add up. */
export class StreamLimits {
  readonly #max: number;
  readonly #open = new Map<string, number>();

  constructor(max: number) {
    this.#max = max;
  }

  /** @returns the function that gives the place back. @throws {@link TooManyStreamsError} */
  acquire(who: string): () => void {
    const open = this.#open.get(who) ?? 0;
    if (open >= this.#max) {
      throw new TooManyStreamsError(
        `You have ${open} log streams open, which is the most; close a tab with logs and try again`,
      );
    }
    this.#open.set(who, open + 1);
    let released = false;
    return () => {
      if (released) {
        return;
      }
      released = true;
      const left = (this.#open.get(who) ?? 1) - 1;
      if (left > 0) {
        this.#open.set(who, left);
      } else {
        this.#open.delete(who);
      }
    };
  }
}
