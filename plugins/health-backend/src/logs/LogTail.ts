import type { LogChunk } from '@ghostlight/plugin-clusters-node';
import type {
  LogReplica,
  LogStreamEvent,
} from '@ghostlight/plugin-health-common';
import { Follower } from './Follower';
import type { LogSource } from './LogSource';
import { LineShaper } from './LineShaper';
import { formatPosition, type Position } from './Position';
import { readBacklog } from './readBacklog';
import { ReorderBuffer, type BufferLimits } from './ReorderBuffer';
import { Wake } from './Wake';

export interface LogTailOptions {
  source: LogSource;
  /** How many lines of the past to begin with. */
  tail: number;
  /** ISO 8601; no line before it. */
  sinceTime?: string;
  /** Goes on after this instead of beginning with the past. */
  resume?: Position;
  limits: LogTailLimits;
  now: () => Date;
  signal: AbortSignal;
}

export interface LogTailLimits extends BufferLimits {
  /** Reading the past takes no longer. */
  backlogMs: number;
  /** Pause before a replica that ended or cannot be read is tried again. */
  retryMs: number;
}

export const DEFAULT_LIMITS: LogTailLimits = {
  windowMs: 300,
  maxItems: 5_000,
  maxBytes: 4 * 1024 * 1024,
  backlogMs: 3_000,
  retryMs: 2_000,
};

/** How many lines that were missed a resumed stream makes up for. */
const MAX_RESUMED = 5_000;
const BATCH = 500;
/** Roughly what a line takes besides its text, bytes. */
const LINE_OVERHEAD = 100;

/**
 * The lines of all replicas, live and in order. What it holds is bounded: when its events are not taken as fast as
 * lines come, the oldest are dropped and a gap says how many.
 */
export class LogTail {
  readonly #options: LogTailOptions;
  readonly #buffer: ReorderBuffer<LogChunk & { bytes: number }>;
  readonly #shaper: LineShaper;
  readonly #wake: Wake;
  readonly #followers = new Map<string, Follower>();
  readonly #news: LogReplica[] = [];

  constructor(options: LogTailOptions) {
    this.#options = options;
    this.#buffer = new ReorderBuffer(options.limits);
    this.#shaper = new LineShaper(options.resume?.n ?? 0);
    this.#wake = new Wake(options.signal);
  }

  /** Ends when aborted. */
  async *events(): AsyncGenerator<LogStreamEvent> {
    const { source, signal, limits } = this.#options;
    let stale = true;
    const unsubscribe = source.onChange(() => {
      stale = true;
      this.#wake.wake();
    });
    try {
      yield* this.#past();
      while (!signal.aborted) {
        if (stale) {
          stale = false;
          await this.#refresh();
        }
        yield* this.#present();
        // Lines wait for earlier ones of other replicas, so none needs a wake-up of its own.
        await this.#wake.next(
          this.#buffer.size > 0 ? limits.windowMs / 2 : undefined,
        );
      }
    } finally {
      unsubscribe();
    }
  }

  /** What was written before, then the replicas are followed from there. */
  async *#past(): AsyncGenerator<LogStreamEvent> {
    const { source, resume, tail, sinceTime, limits, signal } = this.#options;
    const pods = (await source.pods()).map(({ name }) => name);
    for (const pod of pods) {
      yield { type: 'replica', replica: this.#replica(pod, 'joined') };
    }
    const { chunks, lastAt, dropped } = await readBacklog({
      source,
      pods,
      tail: resume ? MAX_RESUMED : tail,
      maxBytes: limits.maxBytes,
      sinceTime: resume?.at ?? sinceTime,
      after: resume?.at,
      signal: AbortSignal.any([signal, AbortSignal.timeout(limits.backlogMs)]),
    });
    if (resume && dropped > 0) {
      yield { type: 'gap', gap: { dropped, at: resume.at } };
    }
    for (const chunk of chunks) {
      yield this.#line(chunk);
    }
    for (const pod of pods) {
      this.#follow(pod, lastAt.get(pod) ?? resume?.at ?? sinceTime, tail);
    }
  }

  *#present(): Generator<LogStreamEvent> {
    for (const replica of this.#news.splice(0)) {
      yield { type: 'replica', replica };
    }
    const dropped = this.#buffer.takeDropped();
    const chunks = this.#buffer.take(BATCH, this.#nowMs());
    if (dropped > 0) {
      const at = chunks[0]?.at ?? this.#options.now().toISOString();
      yield { type: 'gap', gap: { dropped, at } };
    }
    for (const chunk of chunks) {
      yield this.#line(chunk);
    }
    if (chunks.length === BATCH) {
      this.#wake.wake();
    }
  }

  /** Follows replicas that are new, and lets go of those that are gone. */
  async #refresh(): Promise<void> {
    const pods = new Set(
      (await this.#options.source.pods()).map(({ name }) => name),
    );
    for (const [pod, follower] of this.#followers) {
      if (pods.has(pod)) {
        follower.nudge();
      } else {
        this.#followers.delete(pod);
        follower.finish();
        this.#news.push(this.#replica(pod, 'left'));
      }
    }
    for (const pod of pods) {
      if (!this.#followers.has(pod)) {
        this.#news.push(this.#replica(pod, 'joined'));
        this.#follow(pod, undefined, MAX_RESUMED);
      }
    }
  }

  #follow(pod: string, since: string | undefined, tail: number): void {
    const { source, limits, signal } = this.#options;
    const follower = new Follower({
      pod,
      source,
      since,
      tail,
      retryMs: limits.retryMs,
      signal,
      onChunk: chunk => {
        const isFirst = this.#buffer.size === 0;
        this.#buffer.push(
          { ...chunk, bytes: chunk.text.length + LINE_OVERHEAD },
          this.#nowMs(),
        );
        if (isFirst) {
          this.#wake.wake();
        }
      },
      onUnavailable: reason => {
        this.#news.push({ ...this.#replica(pod, 'unavailable'), reason });
        this.#wake.wake();
      },
    });
    this.#followers.set(pod, follower);
    void follower.run();
  }

  #line(chunk: LogChunk): LogStreamEvent {
    const line = this.#shaper.shape(chunk);
    return { type: 'line', id: formatPosition(line), line };
  }

  #replica(pod: string, state: LogReplica['state']): LogReplica {
    return { pod, state, at: this.#options.now().toISOString() };
  }

  #nowMs(): number {
    return this.#options.now().getTime();
  }
}
