import type { Clock, KubeObject } from '../types.ts';
import { wait } from './wait.ts';

export type EndingReason = 'deleted' | 'removed' | 'cluster stops';

/** That a pod has to end, why, and how much time it gets: which may become less while it is ending. */
export class PodEnding {
  readonly #clock: Clock;
  readonly #stopGraceMs: number;
  readonly #begun = new AbortController();
  #hurry = new AbortController();
  #why: EndingReason | undefined;

  constructor(options: { clock: Clock; stopGraceMs: number }) {
    this.#clock = options.clock;
    this.#stopGraceMs = options.stopGraceMs;
  }

  /** Aborted when the pod has to end. */
  get signal(): AbortSignal {
    return this.#begun.signal;
  }

  get why(): EndingReason | undefined {
    return this.#why;
  }

  begin(why: EndingReason): void {
    this.#why = this.#why === 'removed' ? 'removed' : why;
    this.#begun.abort();
    this.#hurry.abort();
    this.#hurry = new AbortController();
  }

  /** From the first signal to SIGKILL. Also of a container that is only restarted. */
  graceMs(pod: KubeObject, declaredSeconds: number): number {
    const { deletionGracePeriodSeconds = declaredSeconds } = pod.metadata;
    switch (this.#why) {
      case 'removed':
        return 0;
      case 'deleted':
        return deletionGracePeriodSeconds * 1000;
      case 'cluster stops':
        return Math.min(declaredSeconds * 1000, this.#stopGraceMs);
      default:
        return declaredSeconds * 1000;
    }
  }

  /** @returns whether it happened before the time was over, which is asked for again whenever it may have become less */
  async within(
    event: Promise<unknown>,
    leftMs: () => number,
  ): Promise<boolean> {
    const happened = new AbortController();
    const happening = event.then(() => happened.abort());
    while (!happened.signal.aborted && leftMs() > 0) {
      const sooner = AbortSignal.any([this.#hurry.signal, happened.signal]);
      await Promise.race([happening, wait(this.#clock, leftMs(), sooner)]);
    }
    return happened.signal.aborted;
  }
}
