import type { LogChunk } from '@ghostlight/plugin-clusters-node';
import { compareTimes } from './compareTimes';
import type { LogSource } from './LogSource';
import { mergeByTime } from './mergeByTime';

export interface BacklogOptions {
  source: LogSource;
  pods: string[];
  /** The newest so many lines over all replicas. */
  tail: number;
  maxBytes: number;
  sinceTime?: string;
  /** Only lines later than this. */
  after?: string;
  signal: AbortSignal;
}

/** What was written before now. */
export interface Backlog {
  chunks: LogChunk[];
  /** Time of the last line of each replica that was read, also when it is not among `chunks`. */
  lastAt: Map<string, string>;
  /** How many lines that were asked for had to be left out. */
  dropped: number;
}

/** Reads what replicas have written so far, in order, and keeps the newest lines of it. */
export async function readBacklog(options: BacklogOptions): Promise<Backlog> {
  const { source, pods, tail, maxBytes, sinceTime, after, signal } = options;
  const backlog: Backlog = { chunks: [], lastAt: new Map(), dropped: 0 };
  let first = 0;
  let bytes = 0;
  const streams = pods.map(pod =>
    quietly(
      source.read(pod, { follow: false, tailLines: tail, sinceTime, signal }),
    ),
  );
  for await (const chunk of mergeByTime(streams)) {
    backlog.lastAt.set(chunk.pod, chunk.at);
    if (after !== undefined && compareTimes(chunk.at, after) <= 0) {
      continue;
    }
    backlog.chunks.push(chunk);
    bytes += chunk.text.length;
    while (backlog.chunks.length - first > tail || bytes > maxBytes) {
      bytes -= backlog.chunks[first].text.length;
      first += 1;
    }
    if (first > 10_000) {
      backlog.chunks.splice(0, first);
      backlog.dropped += first;
      first = 0;
    }
  }
  backlog.chunks.splice(0, first);
  backlog.dropped += first;
  return backlog;
}

/** A replica that cannot be read now has no past to show; following it will tell why. */
async function* quietly(
  stream: AsyncIterable<LogChunk>,
): AsyncGenerator<LogChunk> {
  try {
    yield* stream;
  } catch {
    // See above.
  }
}
