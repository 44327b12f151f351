import { setImmediate } from 'node:timers/promises';
import type { Labels, Point, QueryValue } from '../types.ts';
import { QueryError } from '../types.ts';
import type { QueryEngine, RangeQuery } from './parts.ts';

type Matrix = Extract<QueryValue, { resultType: 'matrix' }>;

/** The process does other things too: a query stops for them when it has worked this long. */
const AT_ONCE_MS = 50;
/** So many pieces at first; it shows by the first how long the others may be. */
const PIECES = 16;

/** Puts the pieces of each series together. */
class Merged {
  readonly #series = new Map<string, { metric: Labels; values: Point[] }>();
  readonly #compare: QueryEngine['compareLabels'];
  #pieces = 0;
  #only: Matrix | undefined;

  constructor(compare: QueryEngine['compareLabels']) {
    this.#compare = compare;
  }

  add(value: QueryValue): void {
    if (value.resultType !== 'matrix') {
      throw new QueryError(
        'execution',
        `a range query gives a matrix, not a ${value.resultType}`,
      );
    }
    this.#pieces += 1;
    this.#only = value;
    for (const { metric, values } of value.result) {
      const key = JSON.stringify(metric);
      const known = this.#series.get(key);
      if (!known) this.#series.set(key, { metric, values });
      else for (const point of values) known.values.push(point);
    }
  }

  /** In the order of the labels, as each piece is. */
  matrix(): Matrix {
    if (this.#pieces === 1 && this.#only) return this.#only;
    const result = [...this.#series.values()].sort((a, b) =>
      this.#compare(a.metric, b.metric),
    );
    return { resultType: 'matrix', result };
  }
}

/**
 * Evaluates a range query in pieces of its time, and lets others have their turn in between.
 * @throws QueryError, also when all pieces together took longer than `deadlineMs`
 */
export async function evaluateRangeInPieces(
  engine: QueryEngine,
  query: RangeQuery,
  deadlineMs: number,
): Promise<Matrix> {
  const { startMs, endMs, stepMs } = query;
  const steps = Math.floor((endMs - startMs) / stepMs) + 1;
  // Such an expression looks at both ends of the whole range.
  const whole = query.expression.includes('@');
  const merged = new Merged(engine.compareLabels);
  const beganMs = performance.now();
  let size = whole ? steps : Math.ceil(steps / PIECES);
  for (let step = 0; step < steps; ) {
    const pieceMs = performance.now();
    const last = Math.min(step + size, steps) - 1;
    merged.add(
      engine.evaluateRange({
        ...query,
        startMs: startMs + step * stepMs,
        endMs: startMs + last * stepMs,
      }),
    );
    const done = last - step + 1;
    step = last + 1;
    if (step === steps) break;
    const nowMs = performance.now();
    if (nowMs - beganMs > deadlineMs) {
      throw new QueryError(
        'timeout',
        `the query took longer than ${
          deadlineMs / 1000
        } s: ask for less time, longer steps or fewer series`,
      );
    }
    // Each piece reads its window anew: as few as possible.
    const perStepMs = (nowMs - pieceMs) / done;
    size = Math.max(
      Math.ceil(steps / PIECES / 4),
      Math.floor(AT_ONCE_MS / perStepMs),
    );
    if ((steps - step) * perStepMs > AT_ONCE_MS) await setImmediate();
  }
  return merged.matrix();
}
