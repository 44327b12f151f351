import type { RolloutSource } from './waitForRollout';

/** Some reasons depend on time alone: looked at again at this rhythm besides on each change. */
const TICK_MS = 1_000;

/** Wakes on a change, a tick, or the end. */
export class Wake {
  /** Whether the informers have ever known the workload. */
  seen = false;
  #changed = false;
  #resolve = () => {};
  readonly #stops: Array<() => void>;

  constructor(source: Pick<RolloutSource, 'onChange'>, signal: AbortSignal) {
    const wake = () => {
      this.#changed = true;
      this.#resolve();
    };
    const tick = setInterval(wake, TICK_MS);
    signal.addEventListener('abort', wake);
    this.#stops = [
      source.onChange(wake),
      () => clearInterval(tick),
      () => signal.removeEventListener('abort', wake),
    ];
  }

  async next(): Promise<void> {
    if (!this.#changed) {
      await new Promise<void>(resolve => {
        this.#resolve = resolve;
      });
    }
    this.#changed = false;
  }

  stop(): void {
    this.#stops.forEach(stop => stop());
  }
}
