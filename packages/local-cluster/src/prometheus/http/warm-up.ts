import { QueryError, type SeriesSource } from '../types.ts';
import { evaluateRangeInPieces } from './evaluate-range.ts';
import type { QueryEngine } from './parts.ts';
import { queryJson } from './query-json.ts';

const SERIES = 12;
const SAMPLES = 300;
const EVERY_MS = 15_000;
const STEP_MS = 60_000;
const DEADLINE_MS = 1_000;

/** A few counters that grow, whatever is asked for. */
const source: SeriesSource = {
  select: () =>
    Array.from({ length: SERIES }, (_, nth) => ({
      labels: { __name__: 'warm', le: String(nth), pod: `pod-${nth % 4}` },
      timesMs: Float64Array.from({ length: SAMPLES }, (__, i) => i * EVERY_MS),
      values: Float64Array.from({ length: SAMPLES }, (__, i) => i * nth),
    })),
};

const EXPRESSIONS = [
  'sum(rate(a[5m]) or rate(b[5m]))',
  'histogram_quantile(0.95, sum by (pod, le) (rate(a[5m])))',
  'max(sum by (pod) (a)) / on () sum(increase(b[1h]))',
];

/** Asks what a portal asks, of made up series. */
async function askAll(engine: QueryEngine): Promise<void> {
  for (const expression of EXPRESSIONS) {
    const endMs = SAMPLES * EVERY_MS;
    const query = { expression, source, startMs: 0, endMs, stepMs: STEP_MS };
    await queryJson(await evaluateRangeInPieces(engine, query, DEADLINE_MS));
    engine.evaluateInstant({ expression, source, atMs: endMs });
  }
}

/**
 * What a program runs for the first time takes several times as long: the first who asks need not wait for it.
 * @returns false when the machine is too slow even for that
 */
export async function warmUp(engine: QueryEngine): Promise<boolean> {
  try {
    await askAll(engine);
    return true;
  } catch (error) {
    if (error instanceof QueryError && error.errorType === 'timeout') {
      return false;
    }
    throw error;
  }
}
