/** A bucket of a histogram: how many took at most so long. */
export interface Bucket {
  leMs: number;
  count: number;
}

/** Sorted, and not falling: counters of one histogram are scraped together but rates of them are rounded apart. */
export function cumulative(buckets: Bucket[]): Bucket[] {
  let highest = 0;
  return [...buckets]
    .sort((a, b) => a.leMs - b.leMs)
    .map(({ leMs, count }) => {
      highest = Math.max(highest, count);
      return { leMs, count: highest };
    });
}

/**
 * The duration that a share of the requests stays within; undefined when there are none.
 *
 * @remarks
 * Linear within a bucket, the lowest beginning at 0, and the highest bound when it is beyond: what Prometheus'
 * `histogram_quantile` does.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 */
export function quantileOf(
  share: number,
  buckets: Bucket[],
): number | undefined {
  const last = buckets.at(-1);
  if (
    !last ||
    last.leMs !== Infinity ||
    buckets.length < 2 ||
    !(last.count > 0)
  ) {
    return undefined;
  }
  const rank = share * last.count;
  const index = buckets.findIndex(({ count }) => count >= rank);
  const bucket = buckets[index];
  const before = buckets[index - 1];
  if (bucket.leMs === Infinity) {
    return before.leMs;
  }
  if (!before && bucket.leMs <= 0) {
    return bucket.leMs;
  }
  const start = before?.leMs ?? 0;
  const below = before?.count ?? 0;
  const within = bucket.count - below;
  return within > 0
    ? start + (bucket.leMs - start) * ((rank - below) / within)
    : bucket.leMs;
}

/** Bound of a bucket as its label says it; undefined when it says none. */
export function boundOf(le: string | undefined): number | undefined {
  if (le === '+Inf' || le === 'Inf') {
    return Infinity;
  }
  const bound = le === undefined || le === '' ? NaN : Number(le);
  return Number.isNaN(bound) ? undefined : bound;
}
