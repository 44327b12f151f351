/**
 * How far a rollout is.
 *
 * @public
 */
export interface RolloutProgress {
  /** For people, e.g. `1 of 3 replicas updated, 3 ready`. */
  message: string;
  desired: number;
  updated: number;
  ready: number;
}

/**
 * How a rollout ended. Failure comes with its reason in words and, where there is one, the last log line.
 *
 * @public
 */
export type RolloutResult =
  | { ok: true }
  | { ok: false; reason: string; lastLogLine?: string };

/**
 * How to wait for a rollout.
 *
 * @public
 */
export interface RolloutOptions {
  timeoutMs: number;
  signal?: AbortSignal;
  onProgress?: (progress: RolloutProgress) => void;
}
