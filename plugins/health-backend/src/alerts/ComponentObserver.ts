import type { Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import type {
  ClustersService,
  EnvironmentWorkloads,
  MetricsService,
} from '@ghostlight/plugin-clusters-node';
import type { ServiceFile } from '@ghostlight/plugin-health-common';
import { metricSourceOf } from '../objectives/metricSourceOf';
import type { ObjectiveMeter } from '../objectives/ObjectiveMeter';
import type { TotalsSource } from '../objectives/TotalsSource';
import type { ServiceFileSource } from '../serviceFile/ServiceFileSource';
import type { EvaluationFacts, SeenEnvironment } from './decideOutcome';
import { MetricReader } from './MetricReader';
import type { Observation } from './Observation';
import { observeBurn, observeRule } from './observe';

/** What is seen of a component; the rest of the facts is remembered. */
export type Seen = Pick<
  EvaluationFacts,
  'environments' | 'broken' | 'isDefinite'
> & {
  /** Whether the file has anything to watch, or would have without a mistake. */
  isWatched: boolean;
  /** Why some values are not known. */
  problems: string[];
};

/** Looks at the thresholds and objectives of a component in all of its environments. */
export class ComponentObserver {
  readonly #options: {
    clusters: Pick<ClustersService, 'workloads'>;
    files: Pick<ServiceFileSource, 'of'>;
    metrics: MetricsService;
    meter: ObjectiveMeter;
    totals: TotalsSource;
    /** Requests are looked at over so long. */
    overMs: number;
    now: () => Date;
  };

  constructor(options: {
    clusters: Pick<ClustersService, 'workloads'>;
    files: Pick<ServiceFileSource, 'of'>;
    metrics: MetricsService;
    meter: ObjectiveMeter;
    totals: TotalsSource;
    overMs: number;
    now: () => Date;
  }) {
    this.#options = options;
  }

  async observe(entity: Entity): Promise<Seen> {
    const { clusters, files } = this.#options;
    const [{ parsed, definite }, environments] = await Promise.all([
      files.of(entity),
      clusters.workloads(entity),
    ]);
    const file = parsed?.file;
    const problems: string[] = [];
    const isWatched = Boolean(
      !definite ||
        (parsed &&
          (parsed.file.alerts.length > 0 ||
            parsed.file.slos.length > 0 ||
            parsed.broken.length > 0)),
    );
    return {
      isWatched,
      isDefinite: definite,
      broken: parsed?.broken ?? [],
      environments: await Promise.all(
        environments.map(each =>
          this.#environment(entity.metadata.name, each, file, problems),
        ),
      ),
      problems,
    };
  }

  async #environment(
    component: string,
    environment: EnvironmentWorkloads,
    file: ServiceFile | undefined,
    problems: string[],
  ): Promise<SeenEnvironment> {
    const { name } = environment.environment;
    const runs = environment.workloads.length > 0;
    if (!runs || !file) {
      return {
        environment: name,
        runs: !runs && !environment.state.reachable ? undefined : runs,
        observations: [],
      };
    }
    const [thresholds, burns] = await Promise.all([
      this.#thresholds(component, environment, file, problems),
      this.#burns(component, environment, file, problems),
    ]);
    return { environment: name, runs, observations: [...thresholds, ...burns] };
  }

  async #thresholds(
    component: string,
    environment: EnvironmentWorkloads,
    file: ServiceFile,
    problems: string[],
  ): Promise<Observation[]> {
    const { metrics, totals, overMs, now } = this.#options;
    const { source } = metricSourceOf(metrics, component, environment);
    const reader = new MetricReader({
      environment,
      source,
      totals,
      overMs,
      now,
    });
    return Promise.all(
      file.alerts.map(async rule => {
        try {
          const values = await reader.values(rule.metric, rule.threshold.unit);
          return observeRule(rule, values);
        } catch (error) {
          // Not to be asked is not to be known: the alert keeps its state.
          problems.push(isError(error) ? error.message : String(error));
          return observeRule(rule, []);
        }
      }),
    );
  }

  async #burns(
    component: string,
    environment: EnvironmentWorkloads,
    { slos }: ServiceFile,
    problems: string[],
  ): Promise<Observation[]> {
    if (slos.length === 0) {
      return [];
    }
    const { objectives, problem } = await this.#options.meter.measure(
      component,
      environment,
      slos,
      { history: false },
    );
    if (problem) {
      problems.push(problem.message);
    }
    return objectives.map(observeBurn);
  }
}
