// Making one of these takes longer than using it a hundred times.
const rounded = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });
const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** An exact count: `1,204`. Counts are not rounded, measures are. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A measure to at most three significant figures, without trailing zeros. */
export function formatNumber(value: number): string {
  return rounded.format(value);
}

/** A ratio 0..1 as a percentage: `0.2 %`. */
export function formatPercent(ratio: number): string {
  return `${formatNumber(ratio * 100)} %`;
}

/** `3 replicas`, `1 replica`. */
export function formatPlural(
  count: number,
  one: string,
  many: string = `${one}s`,
): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
