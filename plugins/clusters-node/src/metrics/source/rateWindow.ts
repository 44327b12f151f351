/**
 * Over how long a rate is taken so that a chart tells the truth.
 *
 * @remarks
 * Four scrapes, so that one that failed leaves no hole; and one scrape more than the step, so that what happened between
 * two points is in one of them, however far apart they are. Not longer: a longer window would smear a burst over a chart
 * of five minutes. (The same rule as Grafana's `$__rate_interval`.)
 */
export function rateWindowMs(scrapeIntervalMs: number, stepMs = 0): number {
  return Math.max(4 * scrapeIntervalMs, stepMs + scrapeIntervalMs);
}
