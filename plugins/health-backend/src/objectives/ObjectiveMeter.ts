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

/** Counts requests and judges objectives: at most 6 totals for each of a workload's windows, and 25 for their history. */
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
    const notes = new Set<string>();
    const recent = async (windowMs: number) =>
      this.#count(slo, question, notes, workload =>
        this.#totals.recent(
          question.source,
          workload,
          windowMs,
          question.slowerThanMs,
        ),
      );
    const windowMs = isoDurationMs(slo.window);
    const [whole, ...burns] = await Promise.all([
      recent(windowMs),
      ...burnWindows(windowMs).map(async ({ longMs, shortMs }) => {
        const [long, short] = await Promise.all([
          recent(longMs),
          recent(shortMs),
        ]);
        return { long, short };
      }),
    ]);
    return judgeObjective({
      slo,
      now: this.#now(),
      whole,
      burns,
      history: history
        ? await this.#history(slo, question, whole, windowMs)
        : [],
      notes: [...notes],
    });
  }

  async #history(
    slo: Slo,
    question: Question,
    whole: Counted,
    windowMs: number,
  ) {
    if (!whole.since) {
      return [];
    }
    const nowMs = this.#now().getTime();
    const sinceMs = Date.parse(whole.since);
    const past = async (part: Part) =>
      this.#count(slo, question, new Set(), workload =>
        this.#totals.past(
          question.source,
          workload,
          part,
          question.slowerThanMs,
        ),
      );
    const parts = await Promise.all(
      historyParts(nowMs, sinceMs).map(async part => {
        const before = {
          fromMs: part.fromMs - windowMs,
          toMs: part.toMs - windowMs,
        };
        // Before the first sample nothing can have dropped out of the window.
        const isFilled = sinceMs - (nowMs - windowMs) < windowMs * 0.02;
        return {
          part,
          recent: await past(part),
          old: isFilled ? await past(before) : undefined,
        };
      }),
    );
    return budgetHistory({ objective: slo.objective, nowMs, whole, parts });
  }

  async #count(
    slo: Slo,
    { workloads }: Question,
    notes: Set<string>,
    ask: (workload: WorkloadRef) => Promise<RequestTotals>,
  ): Promise<Counted> {
    const all = await Promise.all(workloads.map(ask));
    all.flatMap(totals => totals.notes).forEach(note => notes.add(note));
    const counted = all.map(totals => counts(slo, totals, notes));
    const since = counted
      .flatMap(each => each.since ?? [])
      .sort()
      .at(0);
    return {
      requests: counted.reduce((sum, { requests }) => sum + requests, 0),
      bad: counted.reduce((sum, { bad }) => sum + bad, 0),
      ...(since && { since }),
    };
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
