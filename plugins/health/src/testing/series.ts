import type { HealthPoint } from '@ghostlight/plugin-health-common';

/** Numbers that look random and are the same each time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Points of a value that wanders a little; `level` may depend on the time, and null leaves a gap. */
export function wander(
  times: readonly number[],
  seed: number,
  level: (at: number) => number | null,
  spread = 0.08,
): HealthPoint[] {
  const random = seeded(seed);
  let drift = 0;
  return times.map(at => {
    drift = drift * 0.8 + (random() - 0.5) * spread;
    const value = level(at);
    return [at, value === null ? null : Math.max(0, value * (1 + drift))];
  });
}
