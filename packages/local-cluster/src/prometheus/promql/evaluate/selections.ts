import type { SelectedSeries, SeriesSource } from '../../types.ts';
import type { Selector } from '../ast.ts';
import type { Budget } from '../budget.ts';
import { formatSelector } from '../format.ts';
import { withoutStale } from './range-vector.ts';
import type { RangeSeries } from './range-vector.ts';

/** Reads from the source, the same selection once a query. */
export class Selections {
  readonly #source: SeriesSource;
  readonly #budget: Budget;
  readonly #instants = new Map<string, SelectedSeries[]>();
  readonly #ranges = new Map<string, RangeSeries[]>();

  constructor(source: SeriesSource, budget: Budget) {
    this.#source = source;
    this.#budget = budget;
  }

  #select(selector: Selector, fromMs: number, toMs: number): SelectedSeries[] {
    // Times are whole milliseconds and the source leaves out its lower end; Prometheus 2 does not.
    const found = this.#source.select(
      selector.matchers,
      fromMs - 1,
      toMs,
      samples => this.#budget.work(samples),
    );
    this.#budget.series(found.length, formatSelector(selector.matchers));
    this.#budget.hold(
      found.reduce((sum, { values }) => sum + values.length, 0),
    );
    this.#budget.checkTime();
    return found;
  }

  static #key({ matchers }: Selector, fromMs: number, toMs: number): string {
    return JSON.stringify([matchers, fromMs, toMs]);
  }

  /** With the marks of where series ended. Both ends belong to it. */
  instants(selector: Selector, fromMs: number, toMs: number): SelectedSeries[] {
    const key = Selections.#key(selector, fromMs, toMs);
    let found = this.#instants.get(key);
    if (!found) {
      found = this.#select(selector, fromMs, toMs);
      this.#instants.set(key, found);
    }
    return found;
  }

  /** Without the marks. Both ends belong to it. */
  ranges(selector: Selector, fromMs: number, toMs: number): RangeSeries[] {
    const key = Selections.#key(selector, fromMs, toMs);
    let found = this.#ranges.get(key);
    if (!found) {
      found = this.#select(selector, fromMs, toMs).map(withoutStale);
      this.#ranges.set(key, found);
    }
    return found;
  }
}
