import type { ClusterState } from '../types';

/** Sums up whether a cluster can be reached from what its parts (informers, probe) say. */
export class ReachabilityTracker {
  readonly #now: () => Date;
  readonly #onChange: () => void;
  /** A part that has said nothing yet is pending. */
  readonly #parts: Map<string, string | undefined | 'pending'>;
  #state: ClusterState;

  constructor(parts: string[], now: () => Date, onChange: () => void) {
    this.#now = now;
    this.#onChange = onChange;
    this.#parts = new Map(parts.map(part => [part, 'pending']));
    this.#state = {
      reachable: false,
      since: now().toISOString(),
      error: 'it has not answered yet',
    };
  }

  get state(): ClusterState {
    return this.#state;
  }

  /** `error` is undefined when the part works. */
  report(part: string, error: string | undefined): void {
    this.#parts.set(part, error);
    const values = [...this.#parts.values()];
    const failed = values.find(
      value => value !== undefined && value !== 'pending',
    );
    if (failed === undefined && values.includes('pending')) {
      return;
    }
    const reachable = failed === undefined;
    const changed = reachable !== this.#state.reachable;
    this.#state = {
      reachable,
      since: changed ? this.#now().toISOString() : this.#state.since,
      ...(failed !== undefined && { error: failed }),
    };
    if (changed) {
      this.#onChange();
    }
  }
}
