import { useCallback, useSyncExternalStore } from 'react';
import type { Crosshair } from './Crosshair';
import { nearest } from './geometry';

/** Which of the times the crosshair is at; -1 while it is nowhere. Renders only when that changes. */
export function useCrosshair(
  crosshair: Crosshair,
  times: readonly number[],
): number {
  const position = useCallback(() => {
    const at = crosshair.get();
    return at === undefined || times.length === 0 ? -1 : nearest(times, at);
  }, [crosshair, times]);
  return useSyncExternalStore(crosshair.subscribe, position);
}
