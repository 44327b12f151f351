/** An answer and the moment it is about. */
export interface Asked<T> {
  /** Unix milliseconds. */
  atMs: number;
  answer: Promise<T>;
  /** The answer, once it is there. */
  known?: T;
}

/** The latest answer to each question, of at most `max` of them; who asks says whether it is still good. */
export class Latest<T> {
  readonly #max: number;
  readonly #asked = new Map<string, Asked<T>>();

  constructor(options: { max: number }) {
    this.#max = options.max;
  }

  get(
    key: string,
    isGood: (asked: Asked<T>) => boolean,
    ask: () => Pick<Asked<T>, 'atMs' | 'answer'>,
  ): Asked<T> {
    const latest = this.#asked.get(key);
    if (latest && isGood(latest)) {
      return latest;
    }
    const asked: Asked<T> = ask();
    this.#asked.delete(key);
    this.#asked.set(key, asked);
    asked.answer.then(
      answer => {
        asked.known = answer;
      },
      // A failure is not worth remembering, but for those who wait for it now.
      () => {
        if (this.#asked.get(key) === asked) {
          this.#asked.delete(key);
        }
      },
    );
    for (const oldest of this.#asked.keys()) {
      if (this.#asked.size <= this.#max) {
        break;
      }
      this.#asked.delete(oldest);
    }
    return asked;
  }
}
