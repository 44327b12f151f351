import type { Clock } from '../../types.ts';

/** Times this near to the rhythm count as on it: equal distances take no bytes in store. */
const ON_TIME = 0.02;

/**
 * Calls `scrape` at times that are `offsetMs` after a multiple of the interval; one that takes longer than the interval leaves
 * times out.
 * @returns what ends it
 */
export function scrapeLoop(
  clock: Clock,
  { intervalMs, offsetMs }: { intervalMs: number; offsetMs: number },
  scrape: (timeMs: number) => Promise<void>,
): () => void {
  let cancel = () => {};
  let ended = false;
  let lastDueMs = -Infinity;
  const next = () => {
    if (ended) return;
    const nowMs = clock.now().getTime();
    // A timer can fire early: a time that was served is not due again, unless the clock was set back.
    const servedMs = lastDueMs - nowMs < intervalMs ? lastDueMs : -Infinity;
    const afterMs = Math.max(nowMs, servedMs);
    const dueMs =
      (Math.floor((afterMs - offsetMs) / intervalMs) + 1) * intervalMs +
      offsetMs;
    lastDueMs = dueMs;
    cancel = clock.after(dueMs - nowMs, () => {
      const firedMs = clock.now().getTime();
      const onTime = Math.abs(firedMs - dueMs) <= intervalMs * ON_TIME;
      scrape(onTime ? dueMs : firedMs).then(next, next);
    });
  };
  next();
  return () => {
    ended = true;
    cancel();
  };
}

/** Spreads targets over the interval, each at the same place again after a restart. */
export function offsetOf(text: string, intervalMs: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) % intervalMs;
}
