/** One figure of a benchmark: a sample for each round. */
export interface Measure {
  name: string;
  /** As it is printed after a number: `ms`, `req/s`, `MB`, `requests`. */
  unit: string;
  /** At least one; the median counts, minimum and maximum are the spread. */
  samples: number[];
  /** What was promised of the median. A measure without one informs only. */
  limit?: { atMost: number } | { atLeast: number };
  /** How it was measured, where the name does not say it. */
  note?: string;
}

export interface BenchResult {
  measures: Measure[];
}

/** What `bench/<name>/index.ts` exports. It warms up and measures in rounds by itself. */
export interface BenchModule {
  run(): Promise<BenchResult>;
}

export interface Summary extends Omit<Measure, 'samples'> {
  samples: number[];
  median: number;
  min: number;
  max: number;
  verdict: 'met' | 'missed' | undefined;
}

/** @throws Error when a measure has no samples: an unmeasured figure is not a met one */
export function summarise(measure: Measure): Summary {
  const sorted = measure.samples.toSorted((a, b) => a - b);
  if (sorted.length === 0) throw new Error(`${measure.name} has no samples`);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1
      ? sorted[middle]
      : (sorted[middle - 1] + sorted[middle]) / 2;
  return {
    ...measure,
    median,
    min: sorted[0],
    max: sorted[sorted.length - 1],
    verdict: verdictOf(measure.limit, median),
  };
}

function verdictOf(
  limit: Measure['limit'],
  median: number,
): Summary['verdict'] {
  if (!limit) return undefined;
  const met =
    'atMost' in limit ? median <= limit.atMost : median >= limit.atLeast;
  return met ? 'met' : 'missed';
}

/** Runs `measure` once unmeasured and then `rounds` times; the results of the rounds. */
export async function inRounds<T>(
  rounds: number,
  measure: () => Promise<T>,
): Promise<T[]> {
  await measure();
  const results: T[] = [];
  for (let round = 0; round < rounds; round += 1) results.push(await measure());
  return results;
}

/** Tells a waiting person what is being measured; standard output is for the table. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
