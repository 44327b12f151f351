import type {
  EnvironmentWorkloads,
  MetricSource,
  MetricsService,
  RequestTotals,
  WorkloadRef,
} from '@ghostlight/plugin-clusters-node';
import {
  isoDurationMs,
  type MetricsProblem,
  type ObjectiveHealth,
  type Slo,
} from '@ghostlight/plugin-health-common';
import { unavailable } from '../metrics/metricsProblem';
import { budgetHistory, historyParts, type Part } from './budgetHistory';
import { burnWindows } from './burnWindows';
import { judgeObjective, type Counted } from './judgeObjective';
import { metricSourceOf } from './metricSourceOf';
import type { TotalsSource } from './TotalsSource';
import { millisWords } from './words';

/** What objectives are counted from. */
interface Question {
  source: MetricSource;
  workloads: WorkloadRef[];
  slowerThanMs: number[];
}

/**
 * Counts requests and judges objectives: at most 6 totals of each workload, and 26 for the history. All numbers of one
 * objective are of the moment at which its window was counted, but for burn rates over windows so short that this is
 * long ago for them: these are newer.
 */
export class ObjectiveMeter {
  readonly #metrics: MetricsService;
  readonly #totals: TotalsSource;
  readonly #now: () => Date;

  constructor(options: {
    metrics: MetricsService;
    totals: TotalsSource;
    now: () => Date;
  }) {
    this.#metrics = options.metrics;
    this.#totals = options.totals;
    this.#now = options.now;
  }

  /** Of the workloads of one environment together. Never throws because of metrics: `problem` tells. */
  async measure(
    component: string,
    environment: EnvironmentWorkloads,
    slos: Slo[],
    options: { history: boolean },
  ): Promise<{ problem?: MetricsProblem; objectives: ObjectiveHealth[] }> {
    const { source, problem } = metricSourceOf(
      this.#metrics,
      component,
      environment,
    );
    if (!source) {
      return { problem, objectives: slos.map(slo => this.#unknown(slo)) };
    }
    const slowerThanMs = [
      ...new Set(slos.flatMap(({ thresholdMs }) => thresholdMs ?? [])),
    ].sort((a, b) => a - b);
    const workloads = environment.workloads.map(({ ref }) => ref);
    const question = { source, workloads, slowerThanMs };
    try {
      return {
        objectives: await Promise.all(
          slos.map(slo => this.#judge(slo, question, options)),
        ),
      };
    } catch (error) {
      return {
        problem: unavailable(error),
        objectives: slos.map(slo => this.#unknown(slo)),
      };
    }
  }

  async #judge(
    slo: Slo,
    question: Question,
    { history }: { history: boolean },
  ): Promise<ObjectiveHealth> {
    const { source, workloads, slowerThanMs } = question;
    const notes = new Set<string>();
    const windowMs = isoDurationMs(slo.window);
    const all = await this.#totals.whole(
      source,
      workloads,
      windowMs,
      slowerThanMs,
    );
    const whole = { atMs: all.atMs, ...sum(slo, all.totals, notes) };
    const recent = async (burnMs: number) =>
      sum(
        slo,
        await Promise.all(
          workloads.map(workload =>
            this.#totals.recent(source, workload, burnMs, slowerThanMs, all),
          ),
        ),
        notes,
      );
    const [burns, past] = await Promise.all([
      Promise.all(
        burnWindows(windowMs).map(async ({ longMs, shortMs }) => {
          const [long, short] = await Promise.all([
            recent(longMs),
            recent(shortMs),
          ]);
          return { long, short };
        }),
      ),
      history ? this.#history(slo, question, whole, windowMs) : [],
    ]);
    return judgeObjective({
      slo,
      now: new Date(all.atMs),
      whole,
      burns,
      history: past,
      notes: [...notes],
    });
  }

  async #history(
    slo: Slo,
    { source, workloads, slowerThanMs }: Question,
    whole: Counted & { atMs: number },
    windowMs: number,
  ) {
    if (!whole.since) {
      return [];
    }
    const nowMs = whole.atMs;
    const sinceMs = Date.parse(whole.since);
    // Before the first sample nothing can have dropped out of the window.
    const isFilled = sinceMs - (nowMs - windowMs) < windowMs * 0.02;
    const parts = await Promise.all(
      historyParts(nowMs, sinceMs).map(async part => {
        // The last part is another one with each moment, so there is no use in remembering all of them.
        const isFinished = part.toMs < nowMs;
        const count = async (of: Part, name: string) =>
          sum(
            slo,
            await Promise.all(
              workloads.map(workload =>
                isFinished
                  ? this.#totals.past(source, workload, of, slowerThanMs)
                  : this.#totals.unfinished(
                      source,
                      workload,
                      of,
                      slowerThanMs,
                      `${name} ${windowMs}`,
                    ),
              ),
            ),
            new Set(),
          );
        const before = {
          fromMs: part.fromMs - windowMs,
          toMs: part.toMs - windowMs,
        };
        const [recent, old] = await Promise.all([
          count(part, 'recent'),
          isFilled ? count(before, 'old') : undefined,
        ]);
        return { part, recent, old };
      }),
    );
    return budgetHistory({ objective: slo.objective, nowMs, whole, parts });
  }

  #unknown(slo: Slo): ObjectiveHealth {
    return judgeObjective({
      slo,
      now: this.#now(),
      whole: undefined,
      burns: [],
      history: [],
      notes: [],
    });
  }
}

/** Good and bad requests of all workloads, and since when the first of them has data. */
function sum(slo: Slo, all: RequestTotals[], notes: Set<string>): Counted {
  all.flatMap(totals => totals.notes).forEach(note => notes.add(note));
  const counted = all.map(totals => counts(slo, totals, notes));
  const since = counted
    .flatMap(each => each.since ?? [])
    .sort()
    .at(0);
  return {
    requests: counted.reduce((total, { requests }) => total + requests, 0),
    bad: counted.reduce((total, { bad }) => total + bad, 0),
    ...(since && { since }),
  };
}

/**
 * Good and bad requests of one workload. Of kind latency, only requests that reached a replica have a duration: the
 * others neither kept the promise nor broke it; whether they failed is what availability counts.
 */
function counts(slo: Slo, totals: RequestTotals, notes: Set<string>): Counted {
  const { since } = totals;
  if (slo.kind === 'availability' || slo.thresholdMs === undefined) {
    return { requests: totals.requests, bad: totals.errors, since };
  }
  const slow = totals.slow.find(
    ({ thresholdMs }) => thresholdMs === slo.thresholdMs,
  );
  const timed = totals.durations.at(-1)?.count ?? 0;
  if (slow && timed > 0 && slow.bucketMs !== slo.thresholdMs) {
    notes.add(
      Number.isFinite(slow.bucketMs)
        ? `Requests are counted as slow above ${millisWords(
            slow.bucketMs,
          )}, the next bound of the histogram.`
        : `No request is ever counted as slow: ${millisWords(
            slo.thresholdMs,
          )} is above the last bound of the histogram.`,
    );
  }
  return { requests: timed, bad: Math.min(timed, slow?.count ?? 0), since };
}
