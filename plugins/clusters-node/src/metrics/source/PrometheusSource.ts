import type {
  MetricRange,
  MetricSource,
  RedSeries,
  RequestTotals,
  Revision,
  UsageSeries,
  WorkloadRef,
} from '../../types';
import type { Sources } from './Question';
import { workloadsOverview } from './overview';
import { redSeries } from './red';
import { restartsOf } from './restarts';
import { requestTotals } from './totals';
import { trafficBetween } from './trafficEdges';
import { usageSeries } from './usage';

/** More series than a person looks at. */
const MAX_OWN_SERIES = 1_000;

/** The metrics of one environment, from its Prometheus. */
export class PrometheusSource implements MetricSource {
  readonly #sources: Sources;
  readonly #now: () => number;

  constructor(sources: Sources, now: () => number) {
    this.#sources = sources;
    this.#now = now;
  }

  get preset(): 'istio' | 'app' {
    return this.#sources.preset.name;
  }

  red(
    workload: WorkloadRef,
    range: MetricRange,
    options: { revision?: Revision; signal?: AbortSignal } = {},
  ): Promise<RedSeries> {
    return redSeries(this.#sources, workload, range, options);
  }

  usage(
    workload: WorkloadRef,
    range: MetricRange,
    options: { signal?: AbortSignal } = {},
  ): Promise<UsageSeries> {
    return usageSeries(this.#sources, workload, range, options.signal);
  }

  totals(
    workload: WorkloadRef,
    interval: { from: string; to: string },
    options: {
      revision?: Revision;
      slowerThanMs?: number[];
      since?: boolean;
      signal?: AbortSignal;
    } = {},
  ): Promise<RequestTotals> {
    return requestTotals(this.#sources, workload, interval, options);
  }

  restarts(
    pods: { namespace: string; names: string[] },
    interval: { from: string; to: string },
    options: { signal?: AbortSignal } = {},
  ): Promise<number | undefined> {
    return restartsOf(this.#sources, pods, interval, options.signal);
  }

  traffic(
    interval: { from: string; to: string },
    options: { namespace?: string; signal?: AbortSignal } = {},
  ): ReturnType<MetricSource['traffic']> {
    return trafficBetween(this.#sources, interval, options);
  }

  overview(
    interval: { from: string; to: string },
    options: {
      namespace?: string;
      trendStepMs?: number;
      signal?: AbortSignal;
    } = {},
  ): ReturnType<MetricSource['overview']> {
    return workloadsOverview(this.#sources, interval, options);
  }

  query(
    expression: string,
    { at, signal }: { at?: string; signal?: AbortSignal } = {},
  ): ReturnType<MetricSource['query']> {
    return this.#sources.client.instant(
      expression,
      at === undefined ? this.#now() : Date.parse(at),
      { maxSeries: MAX_OWN_SERIES, signal },
    );
  }

  queryRange(
    expression: string,
    range: MetricRange,
    { signal }: { signal?: AbortSignal } = {},
  ): ReturnType<MetricSource['queryRange']> {
    return this.#sources.client.range(expression, range, {
      maxSeries: MAX_OWN_SERIES,
      signal,
    });
  }
}
