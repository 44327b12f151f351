import type { RestartPolicy } from './pod-spec.ts';

export function shouldRestart(
  policy: RestartPolicy,
  exitCode: number,
): boolean {
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

export interface BackOffTimes {
  /** First delay, doubled each time. Upstream: 10 s. */
  initialMs: number;
  /** Upstream: 5 min. */
  maxMs: number;
  /** A container that ran this long starts from nothing again. Upstream: 10 min. */
  resetAfterMs: number;
}

export const UPSTREAM_BACK_OFF: BackOffTimes = {
  initialMs: 10_000,
  maxMs: 300_000,
  resetAfterMs: 600_000,
};

/** As upstream: the first restart is at once, then the delay doubles up to its maximum. */
export class BackOff {
  readonly #times: BackOffTimes;
  #nextMs = 0;

  constructor(times: BackOffTimes) {
    this.#times = times;
  }

  /** The delay before the next start, after a run of `ranMs`. */
  next(ranMs: number): number {
    const { initialMs, maxMs, resetAfterMs } = this.#times;
    if (ranMs >= resetAfterMs) this.#nextMs = 0;
    const delay = this.#nextMs;
    this.#nextMs = Math.min(maxMs, Math.max(initialMs, delay * 2));
    return delay;
  }
}
