/**
 * A pod by name.
 *
 * @public
 */
export interface PodRef {
  environment: string;
  namespace: string;
  name: string;
}

/**
 * One line a container wrote.
 *
 * @public
 */
export interface LogChunk {
  pod: string;
  /** When it was written, ISO 8601 UTC as the cluster gives it, up to nanoseconds. Compare as text of equal length or by `Date.parse`. */
  at: string;
  text: string;
  /** The line was longer than `maxLineBytes`; the rest was thrown away while reading. */
  truncated: boolean;
}

/**
 * Which lines to read, and how long.
 *
 * @public
 */
export interface LogOptions {
  /** Go on with new lines until the container ends. */
  follow: boolean;
  tailLines?: number;
  /** Only lines from then on, ISO 8601. */
  sinceTime?: string;
  /** The container before its last restart. */
  previous?: boolean;
  /** @defaultValue the first container */
  container?: string;
  /** @defaultValue 16 KiB */
  maxLineBytes?: number;
  signal: AbortSignal;
}

/**
 * A Kubernetes event, equal ones merged.
 *
 * @public
 */
export interface EventView {
  /** Last seen, ISO 8601 UTC. */
  at: string;
  firstAt?: string;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  count: number;
  involved: { kind: string; name: string; uid?: string };
}
