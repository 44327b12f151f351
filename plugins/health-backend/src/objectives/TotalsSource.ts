import { isError } from '@backstage/errors';
import type {
  MetricSource,
  RequestTotals,
  WorkloadRef,
} from '@ghostlight/plugin-clusters-node';
import { Expiring } from '../service/Expiring';
import type { Part } from './budgetHistory';
import { Latest } from './Latest';
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
const PAST_AGE_MS = 24 * 3_600 * SECOND_MS;

const MIN_STRETCH_MS = SECOND_MS;
const NOTHING: RequestTotals = {
  requests: 0,
  errors: 0,
  slow: [],
  durations: [],
  measured: false,
  notes: [],
};

/** Workloads counted over the same window up to the same moment. */
export interface Whole {
  /** Unix milliseconds. */
  atMs: number;
  /** How much of the window had data then. */
  spanMs: number;
  /** In the order of the workloads. */
  totals: RequestTotals[];
}

/** Totals of workloads, asked once for all who need the same within a moment. */
export class TotalsSource {
  readonly #now: () => Date;
  /** By environment: a dead Prometheus holds up nobody else's. */
  readonly #turns = new Map<string, Turns>();
  readonly #resting = new Map<string, { untilMs: number; error: Error }>();
  readonly #wholes = new Latest<Whole>({ max: MAX_KNOWN });
  readonly #recent = new Latest<RequestTotals>({ max: MAX_KNOWN });
  readonly #unfinished = new Latest<RequestTotals>({ max: MAX_KNOWN });
  readonly #past: Expiring<RequestTotals>;

  constructor(options: { now: () => Date }) {
    this.#now = options.now;
    this.#past = new Expiring({
      maxAgeMs: PAST_AGE_MS,
      max: MAX_KNOWN,
      now: () => this.#now().getTime(),
    });
  }

  /**
   * The last `windowMs` of workloads together, with the moment that this is about: other numbers that are shown with
   * these belong to the same. Of thirty days perhaps only minutes are known; then the moment is a recent one.
   */
  async whole(
    source: MetricSource,
    workloads: WorkloadRef[],
    windowMs: number,
    slowerThanMs: number[] = [],
  ): Promise<Whole> {
    const nowMs = this.#now().getTime();
    const ask = async (): Promise<Whole> => {
      const totals = await Promise.all(
        workloads.map(workload =>
          this.#ask(
            source,
            workload,
            { fromMs: nowMs - windowMs, toMs: nowMs },
            { slowerThanMs, since: true },
          ),
        ),
      );
      const spans = totals.map(({ since }) =>
        since === undefined ? 0 : nowMs - Date.parse(since),
      );
      return { atMs: nowMs, spanMs: Math.max(0, ...spans), totals };
    };
    const key = [...workloads.map(keyOf), windowMs, ...slowerThanMs].join(' ');
    return this.#wholes.get(
      key,
      ({ atMs, known }) =>
        nowMs - atMs < ageFor(Math.min(windowMs, known?.spanMs ?? windowMs)),
      () => ({ atMs: nowMs, answer: ask() }),
    ).answer;
  }

  /**
   * The last `windowMs` until now; with `of`, until the moment of that whole, as long as this is recent enough for so
   * short a window, and never before it.
   */
  async recent(
    source: MetricSource,
    workload: WorkloadRef,
    windowMs: number,
    slowerThanMs: number[] = [],
    of?: Pick<Whole, 'atMs' | 'spanMs'>,
  ): Promise<RequestTotals> {
    const nowMs = this.#now().getTime();
    const ageMs = ageFor(Math.min(windowMs, of?.spanMs ?? windowMs));
    const isRecent = (atMs: number) => nowMs - atMs < ageMs;
    const toMs = of && isRecent(of.atMs) ? of.atMs : nowMs;
    const key = [keyOf(workload), windowMs, ...slowerThanMs].join(' ');
    return this.#recent.get(
      key,
      ({ atMs }) => isRecent(atMs) && atMs >= (of?.atMs ?? atMs),
      () => ({
        atMs: toMs,
        answer: this.#ask(
          source,
          workload,
          { fromMs: toMs - windowMs, toMs },
          { slowerThanMs },
        ),
      }),
    ).answer;
  }

  /** A stretch of the past, which does not change any more. */
  async past(
    source: MetricSource,
    workload: WorkloadRef,
    part: Part,
    slowerThanMs: number[] = [],
  ): Promise<RequestTotals> {
    const { fromMs, toMs } = part;
    const key = [keyOf(workload), fromMs, toMs, ...slowerThanMs].join(' ');
    return this.#past.get(key, () =>
      this.#ask(source, workload, part, { slowerThanMs }),
    );
  }

  /** A stretch whose end moves with the time: of all with this name the latest alone is remembered. */
  async unfinished(
    source: MetricSource,
    workload: WorkloadRef,
    part: Part,
    slowerThanMs: number[],
    name: string,
  ): Promise<RequestTotals> {
    const key = [keyOf(workload), name, ...slowerThanMs].join(' ');
    return this.#unfinished.get(
      key,
      ({ atMs }) => atMs === part.toMs,
      () => ({
        atMs: part.toMs,
        answer: this.#ask(source, workload, part, { slowerThanMs }),
      }),
    ).answer;
  }

  #ask(
    source: MetricSource,
    workload: WorkloadRef,
    { fromMs, toMs }: Part,
    options: { slowerThanMs: number[]; since?: boolean },
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
          options,
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
