/** Lines that a later joiner is shown again; more are only told to who listened from the beginning. */
const REMEMBERED_LINES = 5000;

/** One build that any number of requests listen to, from its first line. */
export class SharedBuild {
  readonly done: Promise<void>;
  readonly #lines: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();

  constructor(run: (onLine: (line: string) => void) => Promise<void>) {
    this.done = run(line => {
      if (this.#lines.length < REMEMBERED_LINES) this.#lines.push(line);
      for (const listener of this.#listeners) listener(line);
    });
    this.done.catch(() => undefined); // Those who wait are told; with nobody waiting it is no crash.
  }

  async follow(onLine: (line: string) => void): Promise<void> {
    for (const line of this.#lines) onLine(line);
    this.#listeners.add(onLine);
    try {
      await this.done;
    } finally {
      this.#listeners.delete(onLine);
    }
  }
}
