import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type {
  ClustersService,
  EnvironmentWorkloads,
  MetricSource,
  MetricsService,
} from '@ghostlight/plugin-clusters-node';
import type {
  DeployMarker,
  HealthMetrics,
  HealthWindow,
  MetricsProblem,
  WorkloadMetrics,
} from '@ghostlight/plugin-health-common';
import type { Access } from '../service/Access';
import { annotated } from '../service/annotated';
import type { CommitSource } from '../service/CommitSource';
import type { NameSource } from '../service/NameSource';
import { deployMarkers, revisionsWithin } from './deployMarkers';
import { noWorkloads, notConfigured, unavailable } from './metricsProblem';
import { toCsv } from './toCsv';
import { rangeOf, type WindowRange } from './windows';
import { workloadMetrics } from './workloadMetrics';

/** More charts than anybody reads. */
const MAX_WORKLOADS = 20;

/** Which numbers. */
export interface MetricsQuery {
  environment: string;
  window: HealthWindow;
  /** ISO 8601; now when missing. */
  to?: string;
}

/** What callers may ask about metrics. Each method checks that they may. */
export class EntityMetrics {
  readonly #access: Access;
  readonly #clusters: ClustersService;
  readonly #metrics: MetricsService;
  readonly #commits: CommitSource;
  readonly #names: NameSource;
  readonly #now: () => Date;

  constructor(options: {
    access: Access;
    clusters: ClustersService;
    metrics: MetricsService;
    commits: CommitSource;
    names: NameSource;
    now: () => Date;
  }) {
    this.#access = options.access;
    this.#clusters = options.clusters;
    this.#metrics = options.metrics;
    this.#commits = options.commits;
    this.#names = options.names;
    this.#now = options.now;
  }

  /** Problems with the numbers are told in `problem`: what is known besides them is still given. */
  async metrics(
    entityRef: string,
    query: MetricsQuery,
    options: { credentials: BackstageCredentials; signal?: AbortSignal },
  ): Promise<HealthMetrics> {
    const entity = await this.#access.requireEntity(
      entityRef,
      options.credentials,
    );
    this.#clusters.environment(query.environment);
    const range = rangeOf(query.window, query.to, this.#now());
    const environment = await this.#environmentOf(entity, query.environment);
    const [deploys, measured] = await Promise.all([
      this.#deploys(environment, range, options.credentials),
      this.#measure(entity, query.environment, environment, range, options),
    ]);
    return {
      entityRef: stringifyEntityRef(entity),
      environment: query.environment,
      from: range.from,
      to: range.to,
      stepSeconds: range.stepMs / 1_000,
      ...measured,
      deploys,
    };
  }

  /**
   * The same as CSV.
   *
   * @throws `ServiceUnavailableError`, `NotFoundError` where there is a problem: a file without numbers would be kept as one
   */
  async csv(
    entityRef: string,
    query: MetricsQuery,
    options: { credentials: BackstageCredentials; signal?: AbortSignal },
  ): Promise<string> {
    const metrics = await this.metrics(entityRef, query, options);
    const { problem } = metrics;
    if (problem) {
      const words = [problem.message, problem.hint].filter(Boolean).join(' ');
      throw problem.code === 'unavailable'
        ? new ServiceUnavailableError(words)
        : new NotFoundError(words);
    }
    return toCsv(metrics);
  }

  async #environmentOf(
    entity: Entity,
    name: string,
  ): Promise<EnvironmentWorkloads | undefined> {
    // A selector that is none names no workloads; the report says what is wrong with it.
    const environments =
      annotated(entity).kind === 'yes'
        ? await this.#clusters.workloads(entity)
        : [];
    return environments.find(({ environment }) => environment.name === name);
  }

  async #deploys(
    environment: EnvironmentWorkloads | undefined,
    range: WindowRange,
    credentials: BackstageCredentials,
  ): Promise<DeployMarker[]> {
    const revisions = revisionsWithin(environment?.workloads ?? [], range);
    const [commits, names] = await Promise.all([
      this.#commits.ofRevisions(revisions, credentials),
      this.#names.ofRevisions(revisions, credentials),
    ]);
    return deployMarkers(revisions, commits, names);
  }

  async #measure(
    { metadata: { name } }: Entity,
    environmentName: string,
    environment: EnvironmentWorkloads | undefined,
    range: WindowRange,
    { signal }: { signal?: AbortSignal },
  ): Promise<Pick<HealthMetrics, 'problem' | 'notes' | 'workloads'>> {
    const nothing = (problem: MetricsProblem) => ({
      problem,
      notes: [],
      workloads: [],
    });
    const source = this.#metrics.of(environmentName);
    if (!source) {
      return nothing(notConfigured(environmentName));
    }
    if (!environment) {
      return nothing({
        code: 'no-workloads',
        message: `${name} names no workloads in ${environmentName}: its annotations say which are its own.`,
      });
    }
    if (environment.workloads.length === 0) {
      return nothing(noWorkloads(name, environment));
    }
    try {
      return await this.#ask(source, environment, range, signal);
    } catch (error) {
      signal?.throwIfAborted();
      return nothing(unavailable(error));
    }
  }

  async #ask(
    source: MetricSource,
    { workloads }: EnvironmentWorkloads,
    range: WindowRange,
    signal: AbortSignal | undefined,
  ): Promise<Pick<HealthMetrics, 'notes' | 'workloads'>> {
    const shown = workloads.slice(0, MAX_WORKLOADS);
    const answers: Array<{ metrics: WorkloadMetrics; notes: string[] }> =
      await Promise.all(
        shown.map(view => workloadMetrics(source, view, range, signal)),
      );
    const notes = answers.flatMap(answer => answer.notes);
    if (workloads.length > shown.length) {
      notes.push(
        `the first ${shown.length} of ${workloads.length} workloads are given`,
      );
    }
    return {
      notes: [...new Set(notes)],
      workloads: answers.map(({ metrics }) => metrics),
    };
  }
}
