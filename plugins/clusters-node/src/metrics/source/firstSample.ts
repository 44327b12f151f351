import type { Sources } from './Question';
import { rateWindowMs } from './rateWindow';

/** A stretch of time is searched at so many points, then what is between two of them, and so on. */
const SEARCH_POINTS = 60;
/** Four divide 30 days by more than ten million: a bound in case that scrapes are milliseconds apart. */
const MAX_ROUNDS = 4;

/** Unix milliseconds. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}

/**
 * Since when there are data, to three scrapes, in a stretch that has some.
 *
 * @remarks
 * Each round but the last looks over all that is between its points, so that data of a few minutes in a month are not
 * missed, nor those before a gap. Rates need two samples, so it is the second one that is found, to two scrapes.
 */
export async function firstSample(
  { client, scrapeIntervalMs }: Sources,
  query: (windowMs: number) => string,
  found: Stretch,
  signal: AbortSignal | undefined,
): Promise<string> {
  let { fromMs, toMs } = found;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const stepMs = Math.max(
      scrapeIntervalMs,
      Math.ceil((toMs - fromMs) / SEARCH_POINTS),
    );
    const isLast = stepMs <= 2 * scrapeIntervalMs;
    const rateMs = rateWindowMs(scrapeIntervalMs);
    const windowMs = isLast ? rateMs : Math.max(rateMs, stepMs);
    // The end is a point, and in the last round the beginning: what was there before has its first sample there.
    const points = Math.ceil((toMs - fromMs) / stepMs);
    const startMs = isLast ? fromMs : toMs - (points - 1) * stepMs;
    const { series } = await client.range(
      query(windowMs),
      {
        from: new Date(startMs).toISOString(),
        to: new Date(toMs).toISOString(),
        stepMs,
      },
      { maxSeries: 1, signal },
    );
    const first = series[0]?.points.find(
      ([, value]) => value !== undefined,
    )?.[0];
    if (isLast || first === undefined) {
      return new Date(first ?? toMs).toISOString();
    }
    fromMs = Math.max(fromMs, first - stepMs);
    toMs = first;
  }
  return new Date(toMs).toISOString();
}
