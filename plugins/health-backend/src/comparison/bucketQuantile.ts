import { quantile } from '../alerts/quantile';
import type { Interval } from './proportions';

type Buckets = ReadonlyArray<{ leMs: number; count: number }>;

/**
 * A quantile of bucketed durations with an interval that assumes no distribution: the rank of the q-quantile among n
 * requests is binomial, so between the quantiles of q - z sqrt(q (1 - q) / n) and q + z sqrt(q (1 - q) / n) it lies with
 * the confidence of z. Both are read off the histogram, linear within buckets. Undefined where that leaves the
 * histogram: with too few requests, or when the bound is in the last, endless bucket.
 *
 * @see H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed., section 7.1: distribution-free confidence intervals for
 * quantiles
 */
export function bucketQuantile(
  buckets: Buckets,
  q: number,
  z: number,
): { value: number; interval?: Interval } | undefined {
  const n = buckets.at(-1)?.count ?? 0;
  const value = quantile(buckets, q);
  if (value === undefined) {
    return undefined;
  }
  const spread = z * Math.sqrt((q * (1 - q)) / n);
  const low = q - spread > 0 ? quantile(buckets, q - spread) : undefined;
  const high =
    q + spread < 1 && isBounded(buckets, (q + spread) * n)
      ? quantile(buckets, q + spread)
      : undefined;
  return low === undefined || high === undefined
    ? { value }
    : { value, interval: [low, high] };
}

/** Whether so many requests are below the last finite bound. */
function isBounded(buckets: Buckets, rank: number): boolean {
  const finite = buckets.filter(({ leMs }) => Number.isFinite(leMs));
  return (finite.at(-1)?.count ?? 0) >= rank;
}
