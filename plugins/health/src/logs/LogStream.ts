import type { LogStreamEvent } from '@ghostlight/plugin-health-common';
import { type LogBuffer, reasonOf } from '@ghostlight/plugin-ghostlight-react';
import { toLogEntry } from './toLogEntry';

/** What the stream is doing, for a person to read. */
export type LogStreamState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'reconnecting'; reason: string }
  | { kind: 'ended'; reason: string };

export interface LogStreamOptions {
  /** Opens the stream from after the given line, or from the tail. */
  open: (
    lastEventId: string | undefined,
    signal: AbortSignal,
  ) => AsyncIterable<LogStreamEvent>;
  buffer: LogBuffer;
  onState: (state: LogStreamState) => void;
  /** Waits before trying again; returns early when aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

const firstWaitMs = 500;
const longestWaitMs = 15_000;

/**
 * Keeps a log stream open: goes on after the last line that was seen when the
 * connection breaks, waits longer each time it fails, ends when told to.
 */
export class LogStream {
  readonly #options: LogStreamOptions;
  readonly #replicas = new Set<string>();
  #lastEventId: string | undefined;
  #received = 0;
  #state: LogStreamState | undefined;

  constructor(options: LogStreamOptions) {
    this.#options = options;
  }

  /** Runs until aborted or until the sender says that there will be no more. Can be run again. */
  async run(signal: AbortSignal): Promise<void> {
    const { wait } = this.#options;
    let failures = 0;
    this.#tell({ kind: 'connecting' });
    while (!signal.aborted) {
      const before = this.#received;
      const reason = await this.#readOnce(signal);
      if (signal.aborted || reason === undefined) {
        return;
      }
      failures = this.#received > before ? 0 : failures + 1;
      this.#tell({ kind: 'reconnecting', reason });
      await wait(
        Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 8)),
        signal,
      );
    }
  }

  /** Reads one connection to its end; undefined when there is nothing to come back for. */
  async #readOnce(signal: AbortSignal): Promise<string | undefined> {
    const { open, buffer } = this.#options;
    try {
      for await (const event of open(this.#lastEventId, signal)) {
        if (signal.aborted) {
          return undefined;
        }
        if (event.type === 'end') {
          if (!event.end.resume) {
            this.#tell({ kind: 'ended', reason: event.end.reason });
            return undefined;
          }
          return event.end.reason;
        }
        if (event.type === 'line' && event.id !== '') {
          this.#lastEventId = event.id;
        }
        this.#tell({ kind: 'live' });
        if (this.#isNews(event)) {
          this.#received += 1;
          buffer.append(toLogEntry(event, this.#received));
        }
      }
      return 'the connection was closed';
    } catch (error) {
      return reasonOf(error).message;
    }
  }

  /** At the start of each connection the replicas that are known anyway join. */
  #isNews(event: Exclude<LogStreamEvent, { type: 'end' }>): boolean {
    if (event.type !== 'replica') {
      return true;
    }
    const { pod, state } = event.replica;
    if (state !== 'joined') {
      this.#replicas.delete(pod);
      return true;
    }
    const isKnown = this.#replicas.has(pod);
    this.#replicas.add(pod);
    return !isKnown && this.#received > 0;
  }

  /** Told once per change: lines come by the thousand. */
  #tell(state: LogStreamState) {
    if (state.kind !== this.#state?.kind) {
      this.#state = state;
      this.#options.onState(state);
    }
  }
}
