/** A sum that carries its rounding error along (Kahan, improved by Neumaier), step for step as Prometheus computes it. */
export class CarriedSum {
  sum = 0;
  carry = 0;

  add(value: number): void {
    const total = this.sum + value;
    this.carry +=
      Math.abs(this.sum) >= Math.abs(value)
        ? this.sum - total + value
        : value - total + this.sum;
    this.sum = total;
  }

  get total(): number {
    return this.sum + this.carry;
  }

  /** The total; an infinite sum has a carry that is no number. */
  get finiteTotal(): number {
    return Math.abs(this.sum) === Infinity ? this.sum : this.total;
  }
}

/** Whether a mean that is infinite stays what it is with this value: Inf - Inf would make it NaN. */
export function keepsInfiniteMean(mean: number, value: number): boolean {
  if (Math.abs(mean) !== Infinity) return false;
  if (Math.abs(value) === Infinity) return mean > 0 === value > 0;
  return !Number.isNaN(value);
}

/** Smallest first, NaN before all, as Prometheus sorts values. */
export function sortNanFirst(values: Float64Array): Float64Array {
  values.sort();
  let nans = 0;
  while (nans < values.length && Number.isNaN(values[values.length - 1 - nans]))
    nans += 1;
  if (nans > 0) {
    values.copyWithin(nans, 0, values.length - nans);
    values.fill(NaN, 0, nans);
  }
  return values;
}

/** The quantile of values, which it sorts; between two of them in proportion. */
export function quantileOf(quantile: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(quantile)) return NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  sortNanFirst(values);
  const rank = quantile * (values.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(values.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return values[lower] * (1 - weight) + values[upper] * weight;
}
