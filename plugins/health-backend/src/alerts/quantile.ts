/**
 * A quantile of bucketed durations, linear within its bucket, as Prometheus' `histogram_quantile` has it: the first
 * bucket begins at 0, and what is above the last finite bound is told as that bound.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 */
export function quantile(
  buckets: ReadonlyArray<{ leMs: number; count: number }>,
  q: number,
): number | undefined {
  const total = buckets.at(-1)?.count ?? 0;
  if (total <= 0) {
    return undefined;
  }
  const rank = Math.min(1, Math.max(0, q)) * total;
  const index = buckets.findIndex(({ count }) => count >= rank);
  const bucket = buckets[index];
  const below = index > 0 ? buckets[index - 1] : { leMs: 0, count: 0 };
  if (!bucket || !Number.isFinite(bucket.leMs)) {
    return Number.isFinite(below.leMs) && index > 0 ? below.leMs : undefined;
  }
  const within = bucket.count - below.count;
  return within > 0
    ? below.leMs + ((bucket.leMs - below.leMs) * (rank - below.count)) / within
    : bucket.leMs;
}
