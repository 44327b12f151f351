import type { Labels } from '../../types.ts';
import { ColumnBuilder } from '../columns.ts';
import type { Column } from '../columns.ts';
import type { Evaluation } from '../evaluate/value.ts';
import { parseGoFloat } from '../go-math.ts';
import { METRIC_NAME, dropLabels, labelKey, labelOf } from '../labels.ts';
import type { WholeFunction } from './types.ts';

const BOUND = 'le';
const onlyBound = new Set([BOUND]);
const boundAndName = new Set([BOUND, METRIC_NAME]);

interface Bucket {
  upperBound: number;
  column: Column;
}

interface Histogram {
  labels: Labels;
  /** Lowest bound first. */
  buckets: Bucket[];
}

/** Series that differ in `le` only; those without a bound that is a number are left out. */
function histogramsOf(columns: readonly Column[]): Histogram[] {
  const histograms = new Map<string, Histogram>();
  for (const column of columns) {
    const upperBound = parseGoFloat(labelOf(column.labels, BOUND));
    if (upperBound === undefined) continue;
    const key = labelKey(dropLabels(column.labels, onlyBound));
    let histogram = histograms.get(key);
    if (!histogram) {
      histogram = {
        labels: dropLabels(column.labels, boundAndName),
        buckets: [],
      };
      histograms.set(key, histogram);
    }
    histogram.buckets.push({ upperBound, column });
  }
  for (const { buckets } of histograms.values())
    buckets.sort((a, b) =>
      a.upperBound === b.upperBound ? 0 : a.upperBound - b.upperBound,
    );
  return [...histograms.values()];
}

/** The buckets of one histogram at one step: bounds that ascend, counts that do not descend. */
class Buckets {
  readonly #bounds: Float64Array;
  readonly #counts: Float64Array;
  #length = 0;

  constructor(most: number) {
    this.#bounds = new Float64Array(most);
    this.#counts = new Float64Array(most);
  }

  /** Reads what is there at a step; buckets with the same bound (`1` and `1.0`) are one. @returns whether any is */
  read(buckets: readonly Bucket[], step: number): boolean {
    this.#length = 0;
    for (const { upperBound, column } of buckets) {
      if (column.present[step] === 0) continue;
      const last = this.#length - 1;
      if (last >= 0 && this.#bounds[last] === upperBound) {
        this.#counts[last] += column.values[step];
        continue;
      }
      this.#bounds[this.#length] = upperBound;
      this.#counts[this.#length] = column.values[step];
      this.#length += 1;
    }
    return this.#length > 0;
  }

  /** Rates of buckets scraped at different moments may descend, which no true histogram does. */
  #ascend(): void {
    let most = this.#counts[0];
    for (let index = 1; index < this.#length; index++) {
      if (this.#counts[index] > most) most = this.#counts[index];
      else if (this.#counts[index] < most) this.#counts[index] = most;
    }
  }

  /** The first bucket, but for the last, with as many; by halving, as Prometheus, which matters when counts are NaN. */
  #find(rank: number): number {
    let low = 0;
    let high = this.#length - 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#counts[middle] >= rank) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** `bucketQuantile` of Prometheus 2.42; NaN when there is no `+Inf` bucket, only that, or nothing observed. */
  quantile(quantile: number): number {
    if (Number.isNaN(quantile)) return NaN;
    if (quantile < 0) return -Infinity;
    if (quantile > 1) return Infinity;
    const last = this.#length - 1;
    if (this.#bounds[last] !== Infinity) return NaN;
    this.#ascend();
    const observations = this.#counts[last];
    if (last < 1 || observations === 0) return NaN;
    let rank = quantile * observations;
    const found = this.#find(rank);
    if (found === last) return this.#bounds[last - 1];
    const end = this.#bounds[found];
    if (found === 0) {
      return end <= 0 ? end : end * (rank / this.#counts[0]);
    }
    const start = this.#bounds[found - 1];
    const below = this.#counts[found - 1];
    const count = this.#counts[found] - below;
    rank -= below;
    return start + (end - start) * (rank / count);
  }
}

function quantiles(
  quantile: Float64Array,
  columns: readonly Column[],
  { steps, budget }: Evaluation,
): Column[] {
  const builder = new ColumnBuilder(steps.count, budget);
  for (const { labels, buckets } of histogramsOf(columns)) {
    budget.work(buckets.length * steps.count);
    const column = builder.column(labels);
    const read = new Buckets(buckets.length);
    for (let step = 0; step < steps.count; step++) {
      if (read.read(buckets, step))
        builder.put(column, step, read.quantile(quantile[step]));
    }
  }
  return builder.finish();
}

export const histogramFunctions: WholeFunction[] = [
  {
    kind: 'whole',
    name: 'histogram_quantile',
    args: ['scalar', 'vector'],
    returns: 'vector',
    evaluate: ({ args: [quantile, vector] }, evaluation) => ({
      type: 'vector',
      columns: quantiles(
        evaluation.scalar(quantile),
        evaluation.vector(vector),
        evaluation,
      ),
    }),
  },
];
