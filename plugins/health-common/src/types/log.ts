/**
 * Level of a log line, as far as it can be told.
 *
 * @public
 */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/**
 * One line of one replica. Secrets in it have been replaced by `[redacted]`.
 *
 * @public
 */
export interface LogLine {
  pod: string;
  /** When the container wrote it, ISO 8601 UTC, up to nanoseconds. */
  at: string;
  level?: LogLevel;
  text: string;
  /** Number of the line in this stream, from 1. */
  n: number;
  /** The line was longer than what is shown. */
  truncated?: boolean;
}

/**
 * A replica joined the stream, left it, or could not be read.
 *
 * @public
 */
export interface LogReplica {
  pod: string;
  state: 'joined' | 'left' | 'unavailable';
  /** Why, in words, when `unavailable` or `left`. */
  reason?: string;
  at: string;
}

/**
 * Lines are missing here because they came faster than they were read.
 *
 * @public
 */
export interface LogGap {
  dropped: number;
  at: string;
}

/**
 * The stream is over. `resume` tells whether asking again makes sense.
 *
 * @public
 */
export interface LogEnd {
  reason: string;
  resume: boolean;
}

/**
 * What the log stream is made of.
 *
 * @public
 */
export type LogStreamEvent =
  | { type: 'line'; id: string; line: LogLine }
  | { type: 'replica'; replica: LogReplica }
  | { type: 'gap'; gap: LogGap }
  | { type: 'end'; end: LogEnd };

/**
 * Which log lines to read.
 *
 * @public
 */
export interface LogQuery {
  /** Name of the environment. */
  environment: string;
  /** Only this replica. */
  pod?: string;
  /** How far back to begin, seconds. */
  sinceSeconds?: number;
  /** How many lines of the past to begin with, over all replicas. @defaultValue 200 */
  tail?: number;
}
