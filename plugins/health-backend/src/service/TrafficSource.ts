import type {
  EnvironmentWorkloads,
  MetricsService,
  WorkloadRef,
  WorkloadTraffic,
} from '@ghostlight/plugin-clusters-node';
import { TRAFFIC_RULES } from '../report/trafficRules';
import { within } from './within';

/** A report does without what does not come in time. */
const PATIENCE_MS = 800;
const FRESH_MS = 5_000;
/** Numbers of a moment ago are better than none, while new ones are asked for. */
const STALE_MS = 30_000;
/** A Prometheus that failed is left alone for so long. */
const RETRY_MS = 10_000;
/** Ends of windows lie on multiples of it, so that answers can be shared. */
const ALIGN_MS = 5_000;

type Traffic = Map<string, WorkloadTraffic>;

interface Namespace {
  known?: { traffic: Traffic; at: number };
  loading?: { promise: Promise<Traffic | undefined>; since: number };
  failedAt?: number;
}

/** Where the traffic of a workload is in the answer. */
export function trafficKey({
  environment,
  namespace,
  name,
}: Pick<WorkloadRef, 'environment' | 'namespace' | 'name'>): string {
  return `${environment}/${namespace}/${name}`;
}

/**
 * Requests of the last minutes of all workloads of a namespace, asked at once for all who look. One that does not answer
 * costs the first who ask 0.8 s, and the others nothing.
 */
export class TrafficSource {
  readonly #metrics: MetricsService;
  readonly #now: () => number;
  readonly #namespaces = new Map<string, Namespace>();

  constructor(metrics: MetricsService, now: () => Date) {
    this.#metrics = metrics;
    this.#now = () => now().getTime();
  }

  /** By {@link trafficKey}; without workloads whose metrics are not known now. */
  async of(environments: EnvironmentWorkloads[]): Promise<Traffic> {
    const wanted = new Map<string, [environment: string, namespace: string]>();
    for (const { environment, workloads } of environments) {
      for (const { ref } of workloads) {
        wanted.set(`${environment.name}/${ref.namespace}`, [
          environment.name,
          ref.namespace,
        ]);
      }
    }
    const answers = await Promise.all(
      [...wanted].map(([key, [environment, namespace]]) =>
        this.#read(key, environment, namespace),
      ),
    );
    return new Map(answers.flatMap(answer => [...(answer ?? [])]));
  }

  async #read(
    key: string,
    environment: string,
    namespace: string,
  ): Promise<Traffic | undefined> {
    const state = this.#namespaces.get(key) ?? {};
    this.#namespaces.set(key, state);
    const age = this.#now() - (state.known?.at ?? -Infinity);
    if (age < FRESH_MS) {
      return state.known?.traffic;
    }
    const failed = this.#now() - (state.failedAt ?? -Infinity) < RETRY_MS;
    if (!state.loading && !failed) {
      this.#load(state, environment, namespace);
    }
    if (age < STALE_MS) {
      return state.known?.traffic;
    }
    const { loading } = state;
    return (
      loading &&
      within(
        Math.max(0, PATIENCE_MS - (this.#now() - loading.since)),
        loading.promise,
      )
    );
  }

  #load(state: Namespace, environment: string, namespace: string): void {
    const promise = this.#ask(environment, namespace).then(
      traffic => {
        state.known = { traffic, at: this.#now() };
        state.loading = undefined;
        return traffic;
      },
      () => {
        state.failedAt = this.#now();
        state.loading = undefined;
        return undefined;
      },
    );
    state.loading = { promise, since: this.#now() };
  }

  async #ask(environment: string, namespace: string): Promise<Traffic> {
    const source = this.#metrics.of(environment);
    const end = Math.floor(this.#now() / ALIGN_MS) * ALIGN_MS;
    const answer = await source?.overview(
      {
        from: new Date(end - TRAFFIC_RULES.windowMs).toISOString(),
        to: new Date(end).toISOString(),
      },
      { namespace },
    );
    return new Map(
      answer?.workloads.map(each => [
        trafficKey({ environment, ...each }),
        each,
      ]),
    );
  }
}
