import { QueryError } from '../types.ts';

/** What one query may cost. */
export interface QueryLimits {
  /** Steps of a range query. */
  maxSteps: number;
  /** Steps of a subquery. */
  maxSubquerySteps: number;
  /** Samples read and computed. */
  maxSamples: number;
  /** Series one selector finds. */
  maxSeries: number;
  deadlineMs: number;
}

export const defaultLimits: QueryLimits = {
  maxSteps: 11_000,
  maxSubquerySteps: 50_000,
  maxSamples: 50_000_000,
  maxSeries: 20_000,
  deadlineMs: 10_000,
};

/** Samples looked at between two looks at the clock: less than a millisecond's work, some milliseconds' where it sorts. */
const CLOCK_EVERY = 20_000;
/** What begins with a series, as its labels, is worth so many samples. */
const EACH = 20;
const LESS = 'ask for a shorter time, a larger step or fewer series';

/** Keeps account of one query's cost and ends it when it is spent. */
export class Budget {
  readonly limits: QueryLimits;
  readonly #now: () => number;
  readonly #endsAtMs: number;
  #samples = 0;
  #work = 0;

  /** @param now a clock in milliseconds that does not jump */
  constructor(limits: QueryLimits, now: () => number) {
    this.limits = limits;
    this.#now = now;
    this.#endsAtMs = now() + limits.deadlineMs;
  }

  /** Counts samples that are held in memory. */
  hold(samples: number): void {
    this.#samples += samples;
    const { maxSamples } = this.limits;
    if (this.#samples > maxSamples) {
      throw new QueryError(
        'execution',
        `query processing would load too many samples into memory in query execution: more than ${maxSamples}; ${LESS}`,
      );
    }
    this.work(samples);
  }

  /** Counts samples that are looked at. */
  work(samples: number): void {
    this.#work += samples + EACH;
    if (this.#work < CLOCK_EVERY) return;
    this.#work = 0;
    this.checkTime();
  }

  checkTime(): void {
    if (this.#now() <= this.#endsAtMs) return;
    throw new QueryError(
      'timeout',
      `query timed out in expression evaluation after ${this.limits.deadlineMs} ms; ${LESS}`,
    );
  }

  series(count: number, what: string): void {
    const { maxSeries } = this.limits;
    if (count <= maxSeries) return;
    throw new QueryError(
      'execution',
      `${what} selects ${count} series; at most ${maxSeries} are read: add matchers`,
    );
  }
}
