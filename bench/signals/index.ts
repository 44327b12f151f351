import type { BenchResult, Measure } from '../bench.ts';
import * as health from './health.ts';
import * as logs from './logs.ts';
import * as query from './query.ts';
import * as scrape from './scrape.ts';
import * as watch from './watch.ts';

/** One after the other: each of them wants the machine for itself. */
export async function run(): Promise<BenchResult> {
  const measures: Measure[] = [];
  for (const part of [query, scrape, watch, health, logs])
    measures.push(...(await part.measure()));
  return { measures };
}
