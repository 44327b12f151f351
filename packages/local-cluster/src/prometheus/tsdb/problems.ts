/** What went wrong is told for this long. */
const TOLD_MS = 5 * 60_000;
const MOST = 20;

/** Problems that whoever asks for metrics should hear of, while they are new. */
export class Problems {
  readonly #now: () => number;
  readonly #atMs = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  readonly note = (problem: string): void => {
    this.#atMs.delete(problem);
    this.#atMs.set(problem, this.#now());
    if (this.#atMs.size <= MOST) return;
    const [oldest] = this.#atMs.keys();
    this.#atMs.delete(oldest);
  };

  list(): string[] {
    const sinceMs = this.#now() - TOLD_MS;
    for (const [problem, atMs] of this.#atMs) {
      if (atMs < sinceMs) this.#atMs.delete(problem);
    }
    return [...this.#atMs.keys()];
  }
}
