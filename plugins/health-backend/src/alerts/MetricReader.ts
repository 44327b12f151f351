import type {
  EnvironmentWorkloads,
  MetricSource,
  RequestTotals,
  WorkloadView,
} from '@ghostlight/plugin-clusters-node';
import type { AlertMetric, Threshold } from '@ghostlight/plugin-health-common';
import type { TotalsSource } from '../objectives/TotalsSource';
import { quantile } from './quantile';

const RESTARTS_WINDOW_MS = 10 * 60_000;
const MAX_PODS = 200;
const USAGE_STEP_MS = 15_000;
/** How old the last measure of a replica may be. */
const USAGE_AGE_MS = 2 * 60_000;

type Read = (
  workload: WorkloadView,
  unit: Threshold['unit'],
) => Promise<number | undefined>;

/** The values of metrics of one component in one environment, now; each asked once, and only when a threshold needs it. */
export class MetricReader {
  readonly #environment: EnvironmentWorkloads;
  readonly #source: MetricSource | undefined;
  readonly #totals: TotalsSource;
  readonly #overMs: number;
  readonly #now: () => Date;

  constructor(options: {
    environment: EnvironmentWorkloads;
    source: MetricSource | undefined;
    totals: TotalsSource;
    /** Requests are looked at over so long. */
    overMs: number;
    now: () => Date;
  }) {
    this.#environment = options.environment;
    this.#source = options.source;
    this.#totals = options.totals;
    this.#overMs = options.overMs;
    this.#now = options.now;
  }

  /** Of each workload where it is known. */
  async values(
    metric: AlertMetric,
    unit: Threshold['unit'],
  ): Promise<number[]> {
    const values = await Promise.all(
      this.#environment.workloads.map(workload =>
        this.#readers[metric](workload, unit),
      ),
    );
    return values.flatMap(value => value ?? []);
  }

  readonly #readers: Record<AlertMetric, Read> = {
    errors: async workload => {
      const totals = await this.#recent(workload);
      return totals && totals.requests > 0
        ? Math.min(1, totals.errors / totals.requests)
        : undefined;
    },
    requests: async workload => {
      const totals = await this.#recent(workload);
      return totals?.measured
        ? totals.requests / (this.#overMs / 1_000)
        : undefined;
    },
    p50: workload => this.#quantile(workload, 0.5),
    p95: workload => this.#quantile(workload, 0.95),
    p99: workload => this.#quantile(workload, 0.99),
    cpu: async (workload, unit) =>
      ofLimit(
        unit,
        await this.#usage(workload, 'cpuCores'),
        workload.pods.flatMap(({ limits }) => limits.cpuCores ?? []),
      ),
    memory: async (workload, unit) =>
      ofLimit(
        unit,
        await this.#usage(workload, 'memoryBytes'),
        workload.pods.flatMap(({ limits }) => limits.memoryBytes ?? []),
      ),
    restarts: workload => this.#restarts(workload),
    ready: async ({ ready, desired }, unit) => {
      if (!this.#environment.state.reachable || desired === 0) {
        return undefined;
      }
      return unit === 'count' ? ready : ready / desired;
    },
  };

  async #recent(workload: WorkloadView): Promise<RequestTotals | undefined> {
    return (
      this.#source &&
      this.#totals.recent(this.#source, workload.ref, this.#overMs)
    );
  }

  async #quantile(workload: WorkloadView, q: number) {
    const totals = await this.#recent(workload);
    return totals && quantile(totals.durations, q);
  }

  async #usage(
    workload: WorkloadView,
    what: 'cpuCores' | 'memoryBytes',
  ): Promise<number | undefined> {
    const to = this.#now().getTime();
    const usage = await this.#source?.usage(workload.ref, {
      from: new Date(to - USAGE_AGE_MS).toISOString(),
      to: new Date(to).toISOString(),
      stepMs: USAGE_STEP_MS,
    });
    return usage?.[what].findLast(([, value]) => value !== undefined)?.[1];
  }

  /** Of the pods that are there now. */
  async #restarts({ ref, pods }: WorkloadView): Promise<number | undefined> {
    if (!this.#source || pods.length === 0) {
      return undefined;
    }
    const to = this.#now().getTime();
    const value = await this.#source.restarts(
      {
        namespace: ref.namespace,
        names: pods.slice(0, MAX_PODS).map(({ name }) => name),
      },
      {
        from: new Date(to - RESTARTS_WINDOW_MS).toISOString(),
        to: new Date(to).toISOString(),
      },
    );
    // Increase extends to the ends of the window, so one restart is a little more than one.
    return value === undefined ? undefined : Math.round(value);
  }
}

function ofLimit(
  unit: Threshold['unit'],
  used: number | undefined,
  limits: number[],
): number | undefined {
  if (unit !== 'of-limit' || used === undefined) {
    return used;
  }
  return limits.length > 0 ? used / Math.min(...limits) : undefined;
}
