/** Lets a loop sleep until something happens, some time passes, or all is over. */
export class Wake {
  readonly #signal: AbortSignal;
  #awake = false;
  #resolve = () => {};

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.wake(), { once: true });
  }

  wake(): void {
    this.#awake = true;
    this.#resolve();
  }

  /** At once when it was woken since the last time. */
  async next(afterMs?: number): Promise<void> {
    if (!this.#awake && !this.#signal.aborted) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>(resolve => {
        this.#resolve = resolve;
        if (afterMs !== undefined) {
          timer = setTimeout(resolve, afterMs);
        }
      });
      clearTimeout(timer);
    }
    this.#awake = false;
  }
}
