import type { PodBackend } from './pod-backend.ts';

/**
 * The backend with the fewest requests under way, the next in turn among equals.
 * @param turn - a number that grows with each pick
 */
export function pickBackend(
  backends: readonly PodBackend[],
  turn: number,
  tried?: ReadonlySet<PodBackend>,
): PodBackend | undefined {
  let best: PodBackend | undefined;
  for (let i = 0; i < backends.length; i += 1) {
    const candidate = backends[(turn + i) % backends.length];
    if (tried?.has(candidate)) continue;
    if (!best || candidate.outstanding < best.outstanding) best = candidate;
  }
  return best;
}
