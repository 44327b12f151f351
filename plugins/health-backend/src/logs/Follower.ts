import { isError } from '@backstage/errors';
import type { LogChunk } from '@ghostlight/plugin-clusters-node';
import { compareTimes } from './compareTimes';
import type { LogSource } from './LogSource';
import { Wake } from './Wake';

export interface FollowerOptions {
  pod: string;
  source: LogSource;
  /** Only lines later than this. */
  since: string | undefined;
  /** How many lines of the past at most when `since` is not known. */
  tail: number;
  retryMs: number;
  signal: AbortSignal;
  onChunk: (chunk: LogChunk) => void;
  /** Called once until lines come again. */
  onUnavailable: (reason: string) => void;
}

/** Follows one replica, also over restarts of its container. */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #finished = new AbortController();
  readonly #signal: AbortSignal;
  readonly #wake: Wake;
  #last: string | undefined;
  #complained = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#last = options.since;
    this.#signal = AbortSignal.any([options.signal, this.#finished.signal]);
    this.#wake = new Wake(this.#signal);
  }

  /** Runs until aborted or finished; never throws. */
  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      try {
        await this.#readOnce();
      } catch (error) {
        if (!this.#signal.aborted && !this.#complained) {
          this.#complained = true;
          this.#options.onUnavailable(
            isError(error) ? error.message : String(error),
          );
        }
      }
      await this.#wake.next(this.#options.retryMs);
    }
  }

  /** Something about the replica changed: if it is waiting to try again, now is the time. */
  nudge(): void {
    this.#wake.wake();
  }

  /** The replica is gone. */
  finish(): void {
    this.#finished.abort();
  }

  async #readOnce(): Promise<void> {
    const { pod, source, tail, onChunk } = this.#options;
    const from = this.#last;
    for await (const chunk of source.read(pod, {
      follow: true,
      sinceTime: from,
      tailLines: from === undefined ? tail : undefined,
      signal: this.#signal,
    })) {
      // The cluster knows only whole seconds of sinceTime: what was seen comes again.
      if (from !== undefined && compareTimes(chunk.at, from) <= 0) {
        continue;
      }
      this.#complained = false;
      this.#last = chunk.at;
      onChunk(chunk);
    }
  }
}
