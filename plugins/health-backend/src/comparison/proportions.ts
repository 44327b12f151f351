/** So many of so many. Counts from counters are no whole numbers, which the formulas do not mind. */
export interface Share {
  count: number;
  of: number;
}

export type Interval = [low: number, high: number];

/**
 * Two-sided quantile of the normal distribution by which a comparison is judged: 95 % over the four metrics that decide
 * (errors, p50, p95, p99) together, by Bonferroni 98.75 % each.
 */
export const Z = 2.4977;

/**
 * Wilson's score interval of a proportion.
 *
 * @see E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209-212
 */
export function wilson({ count, of }: Share, z: number): Interval {
  const p = count / of;
  const square = z * z;
  const middle = p + square / (2 * of);
  const spread = z * Math.sqrt((p * (1 - p)) / of + square / (4 * of * of));
  const scale = 1 + square / of;
  return [
    Math.max(0, (middle - spread) / scale),
    Math.min(1, (middle + spread) / scale),
  ];
}

/**
 * The interval of a difference `b - a` of two independent estimates from an interval of each: the method of variance
 * estimates recovery. With Wilson's intervals it is Newcombe's hybrid score interval (his method 10).
 *
 * @see R. G. Newcombe, Interval estimation for the difference between independent proportions: comparison of eleven
 * methods, Statistics in Medicine 17 (1998) 873-890
 * @see G. Y. Zou, A. Donner, Construction of confidence limits about effect measures: a general approach, Statistics in
 * Medicine 27 (2008) 1693-1702
 */
export function difference(
  a: { value: number; interval: Interval },
  b: { value: number; interval: Interval },
): Interval {
  const d = b.value - a.value;
  const [lowA, highA] = a.interval;
  const [lowB, highB] = b.interval;
  return [
    d - Math.hypot(b.value - lowB, highA - a.value),
    d + Math.hypot(highB - b.value, a.value - lowA),
  ];
}

/** Newcombe's interval of `after - before`. */
export function shareDifference(
  before: Share,
  after: Share,
  z: number,
): Interval {
  const told = (share: Share) => ({
    value: share.count / share.of,
    interval: wilson(share, z),
  });
  return difference(told(before), told(after));
}
