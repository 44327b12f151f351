/**
 * The moment a person looks at, shared by all charts of a screen. Not React
 * state: it changes with each movement of the mouse, and what must follow at
 * that rate follows without a render.
 */
export class Crosshair {
  readonly #listeners = new Set<() => void>();
  #at: number | undefined;

  /** Unix seconds; undefined while nobody points anywhere. */
  get = (): number | undefined => this.#at;

  set(at: number | undefined): void {
    if (at !== this.#at) {
      this.#at = at;
      this.#listeners.forEach(notify => notify());
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
