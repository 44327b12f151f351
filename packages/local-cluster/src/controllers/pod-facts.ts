import { condition } from './conditions.ts';
import type { Pod } from './workloads.ts';

/** Counts as a replica: neither ended nor about to. */
export function isActive({ status, object }: Pod): boolean {
  return (
    status.phase !== 'Succeeded' &&
    status.phase !== 'Failed' &&
    object.metadata.deletionTimestamp === undefined
  );
}

export function isReady({ status }: Pod): boolean {
  return condition(status.conditions, 'Ready')?.status === 'True';
}

export function readySinceMs({ status }: Pod): number {
  const since = condition(status.conditions, 'Ready')?.lastTransitionTime;
  return since === undefined ? Infinity : Date.parse(since);
}

/** Ready for at least `minReadySeconds`. */
export function isAvailable(
  pod: Pod,
  minReadySeconds: number,
  nowMs: number,
): boolean {
  if (!isReady(pod)) return false;
  return (
    minReadySeconds === 0 || readySinceMs(pod) + minReadySeconds * 1000 <= nowMs
  );
}
