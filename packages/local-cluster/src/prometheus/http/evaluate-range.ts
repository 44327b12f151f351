import { setImmediate } from 'node:timers/promises';
import type { Labels, Point, QueryValue } from '../types.ts';
import { QueryError } from '../types.ts';
import { atOnce, checkPoints, LESS } from './bounds.ts';
import type { QueryEngine, RangeQuery } from './parts.ts';

type Matrix = Extract<QueryValue, { resultType: 'matrix' }>;

/** A query stops for others when it has worked this long. */
const AT_ONCE_MS = 50;
/** So many pieces at first; it shows by the first how long the others may be. */
const PIECES = 16;

/** Puts the pieces of each series together. */
class Merged {
  readonly #series = new Map<string, { metric: Labels; values: Point[] }>();
  readonly #compare: QueryEngine['compareLabels'];
  #pieces = 0;
  #points = 0;
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
      this.#points += values.length;
      checkPoints(this.#points);
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

type Asked = Omit<RangeQuery, 'limits' | 'now'>;

/** The value of a piece; undefined when it took too long. */
function pieceOf(
  engine: QueryEngine,
  query: Asked,
  isSmallest: boolean,
): Matrix | undefined {
  try {
    return engine.evaluateRange({ ...query, ...atOnce() });
  } catch (error) {
    const isTooLong =
      error instanceof QueryError && error.errorType === 'timeout';
    if (isSmallest || !isTooLong) throw error;
    return undefined;
  }
}

/**
 * Evaluates a range query in pieces of its time, and lets others have their turn in between.
 * @throws QueryError, also when all pieces together took longer than `deadlineMs`, or one step too long
 */
export async function evaluateRangeInPieces(
  engine: QueryEngine,
  query: Asked,
  deadlineMs: number,
): Promise<Matrix> {
  const { startMs, endMs, stepMs } = query;
  const steps = Math.floor((endMs - startMs) / stepMs) + 1;
  // Such an expression looks at both ends of the whole range.
  const whole = query.expression.includes('@');
  const merged = new Merged(engine.compareLabels);
  const beganMs = performance.now();
  let size = whole ? steps : Math.ceil(steps / PIECES);
  let least = Math.ceil(steps / PIECES / 4);
  for (let step = 0; step < steps; ) {
    const pieceMs = performance.now();
    const count = Math.min(size, steps - step);
    const value = pieceOf(
      engine,
      {
        ...query,
        startMs: startMs + step * stepMs,
        endMs: startMs + (step + count - 1) * stepMs,
      },
      whole || count === 1,
    );
    if (value) {
      merged.add(value);
      step += count;
      if (step === steps) break;
    }
    const nowMs = performance.now();
    if (nowMs - beganMs > deadlineMs) {
      throw new QueryError(
        'timeout',
        `the query took longer than ${deadlineMs / 1000} s: ${LESS}`,
      );
    }
    const perStepMs = (nowMs - pieceMs) / count;
    if (value) {
      // Each piece reads its window anew: as few as possible.
      size = Math.max(least, Math.floor(AT_ONCE_MS / perStepMs));
    } else {
      size = Math.ceil(count / 4);
      least = Math.min(least, size);
    }
    if ((steps - step) * perStepMs > AT_ONCE_MS) await setImmediate();
  }
  return merged.matrix();
}
