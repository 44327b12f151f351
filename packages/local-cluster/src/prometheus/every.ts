import type { Clock } from '../types.ts';

/** Calls `run` again and again, each time so long after the one before ended. @returns what ends it */
export function every(
  clock: Clock,
  ms: number,
  run: () => Promise<void> | void,
): () => void {
  let ended = false;
  let cancel = () => {};
  const next = () => {
    if (ended) return;
    cancel = clock.after(ms, () => {
      void Promise.resolve(run()).finally(next);
    });
  };
  next();
  return () => {
    ended = true;
    cancel();
  };
}
