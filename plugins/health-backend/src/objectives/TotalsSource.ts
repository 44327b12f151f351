import { isError } from '@backstage/errors';
import type {
  MetricSource,
  RequestTotals,
  WorkloadRef,
} from '@ghostlight/plugin-clusters-node';
import { Expiring } from '../service/Expiring';
import { Turns } from './Turns';

const SECOND_MS = 1_000;
const MAX_KNOWN = 20_000;
/** Questions to the Prometheus of one environment at the same time; the others wait their turn. */
const AT_ONCE = 8;
/** Who did not answer is left alone for so long, or all who wait would wait for nothing one after the other. */
const REST_MS = 5 * SECOND_MS;
/** A window of an hour is as good half a minute later; one of a minute is not. */
const PART_OF_WINDOW = 120;
const MIN_AGE_MS = 5 * SECOND_MS;
const MAX_AGE_MS = 320 * SECOND_MS;

const MIN_STRETCH_MS = SECOND_MS;
const NOTHING: RequestTotals = {
  requests: 0,
  errors: 0,
  slow: [],
  durations: [],
  notes: [],
};

/** Totals of workloads, asked once for all who need the same within a moment. */
export class TotalsSource {
  readonly #now: () => Date;
  /** By environment: a dead Prometheus holds up nobody else's. */
  readonly #turns = new Map<string, Turns>();
  readonly #resting = new Map<string, { untilMs: number; error: Error }>();
  /** By how long they are remembered: as many as there are lengths of windows. */
  readonly #known = new Map<number, Expiring<RequestTotals>>();

  /** How much of each window had data when it was last asked. */
  readonly #spans = new Map<string, number>();

  constructor(options: { now: () => Date }) {
    this.#now = options.now;
  }

  /** The last `windowMs` until now. */
  async recent(
    source: MetricSource,
    workload: WorkloadRef,
    windowMs: number,
    slowerThanMs: number[] = [],
  ): Promise<RequestTotals> {
    const key = [keyOf(workload), windowMs, ...slowerThanMs].join(' ');
    const spanMs = Math.min(windowMs, this.#spans.get(key) ?? windowMs);
    return this.#of(ageFor(spanMs)).get(key, async () => {
      const to = this.#now().getTime();
      const totals = await this.#ask(
        source,
        workload,
        to - windowMs,
        to,
        slowerThanMs,
      );
      this.#remember(key, to, totals);
      return totals;
    });
  }

  /** Of thirty days perhaps only minutes are known: then the numbers still move quickly. */
  #remember(key: string, atMs: number, { since }: RequestTotals): void {
    this.#spans.delete(key);
    this.#spans.set(key, since ? atMs - Date.parse(since) : 0);
    if (this.#spans.size > MAX_KNOWN) {
      const [oldest] = this.#spans.keys();
      this.#spans.delete(oldest);
    }
  }

  /** A stretch of the past, which does not change any more. */
  async past(
    source: MetricSource,
    workload: WorkloadRef,
    { fromMs, toMs }: { fromMs: number; toMs: number },
    slowerThanMs: number[] = [],
  ): Promise<RequestTotals> {
    const key = [keyOf(workload), fromMs, toMs, ...slowerThanMs].join(' ');
    return this.#of(24 * 3_600 * SECOND_MS).get(key, () =>
      this.#ask(source, workload, fromMs, toMs, slowerThanMs),
    );
  }

  #ask(
    source: MetricSource,
    workload: WorkloadRef,
    fromMs: number,
    toMs: number,
    slowerThanMs: number[],
  ): Promise<RequestTotals> {
    if (toMs - fromMs < MIN_STRETCH_MS) {
      // Shorter than any two scrapes are apart: nothing can be known of it.
      return Promise.resolve(NOTHING);
    }
    const { environment } = workload;
    const turns = this.#turns.get(environment) ?? new Turns(AT_ONCE);
    this.#turns.set(environment, turns);
    return turns.run(async () => {
      const rest = this.#resting.get(environment);
      if (rest && this.#now().getTime() < rest.untilMs) {
        throw rest.error;
      }
      try {
        return await source.totals(
          workload,
          {
            from: new Date(fromMs).toISOString(),
            to: new Date(toMs).toISOString(),
          },
          { slowerThanMs },
        );
      } catch (error) {
        if (isError(error) && error.name === 'ServiceUnavailableError') {
          const untilMs = this.#now().getTime() + REST_MS;
          this.#resting.set(environment, { untilMs, error });
        }
        throw error;
      }
    });
  }

  #of(maxAgeMs: number): Expiring<RequestTotals> {
    const known =
      this.#known.get(maxAgeMs) ??
      new Expiring<RequestTotals>({
        maxAgeMs,
        max: MAX_KNOWN,
        now: () => this.#now().getTime(),
      });
    this.#known.set(maxAgeMs, known);
    return known;
  }
}

/** How long numbers over such a span are good for: one of few lengths, 5 s doubled again and again. */
function ageFor(spanMs: number): number {
  const wanted = Math.min(MAX_AGE_MS, spanMs / PART_OF_WINDOW);
  let ageMs = MIN_AGE_MS;
  while (ageMs * 2 <= wanted) ageMs *= 2;
  return ageMs;
}

function keyOf({ environment, namespace, kind, name }: WorkloadRef): string {
  return `${environment}/${namespace}/${kind}/${name}`;
}
