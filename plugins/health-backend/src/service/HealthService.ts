import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  ClustersService,
  EnvironmentWorkloads,
} from '@ghostlight/plugin-clusters-node';
import type {
  HealthEvents,
  HealthReport,
  HealthSummaries,
  HealthSummary,
} from '@ghostlight/plugin-health-common';
import type { FiringAlerts } from '../alerts/FiringAlerts';
import { buildReport, summarize } from '../report/buildReport';
import type { HealthFacts } from '../report/facts';
import type { Access } from './Access';
import { annotated } from './annotated';
import type { CommitSource } from './CommitSource';
import { involvedObjects } from './involvedObjects';
import type { NameSource } from './NameSource';
import type { TrafficSource } from './TrafficSource';
import type { UsageSource } from './UsageSource';

/** The most entities whose summaries are made in one request. */
export const MAX_SUMMARIES = 1_000;
const MAX_EVENTS = 200;

/** An entity in one environment, as far as the caller may see it. */
export interface EntityEnvironment {
  entity: Entity;
  environment: EnvironmentWorkloads;
}

/** What callers may ask about health. Each method checks that they may. */
export class HealthService {
  readonly #access: Access;
  readonly #clusters: ClustersService;
  readonly #usage: UsageSource;
  readonly #traffic: TrafficSource;
  readonly #alerts: Pick<FiringAlerts, 'of'>;
  readonly #commits: CommitSource;
  readonly #names: NameSource;
  readonly #now: () => Date;

  constructor(options: {
    access: Access;
    clusters: ClustersService;
    usage: UsageSource;
    traffic: TrafficSource;
    alerts: Pick<FiringAlerts, 'of'>;
    commits: CommitSource;
    names: NameSource;
    now: () => Date;
  }) {
    this.#access = options.access;
    this.#clusters = options.clusters;
    this.#usage = options.usage;
    this.#traffic = options.traffic;
    this.#alerts = options.alerts;
    this.#commits = options.commits;
    this.#names = options.names;
    this.#now = options.now;
  }

  async report(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<HealthReport> {
    const entity = await this.#access.requireEntity(entityRef, credentials);
    const facts = await this.#facts(entity);
    const [usage, traffic, firing, commits, names] = await Promise.all([
      this.#usage.of(facts.environments),
      this.#traffic.of(facts.environments),
      this.#alerts.of([facts.entityRef]),
      this.#commits.of(facts.environments, credentials),
      this.#names.of(facts.environments, credentials),
    ]);
    const alerts = firing.get(facts.entityRef) ?? facts.alerts;
    return buildReport({ ...facts, usage, traffic, alerts, commits, names });
  }

  /** Entities that do not exist, or that the caller may not see, are missing. */
  async summaries(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<HealthSummaries> {
    if (entityRefs.length > MAX_SUMMARIES) {
      throw new InputError(
        `At most ${MAX_SUMMARIES} entities at once; ask for the others in a request of their own`,
      );
    }
    const entities = await this.#access.visible(entityRefs, credentials);
    const facts = await Promise.all(
      entities.map(entity => entity && this.#facts(entity)),
    );
    const environments = facts.flatMap(each => each?.environments ?? []);
    const [traffic, firing, names] = await Promise.all([
      this.#traffic.of(environments),
      this.#alerts.of(facts.flatMap(each => each?.entityRef ?? [])),
      this.#names.of(environments, credentials),
    ]);
    const summaries: HealthSummaries = {};
    entityRefs.forEach((ref, index) => {
      const each = facts[index];
      if (each) {
        const alerts = firing.get(each.entityRef) ?? each.alerts;
        summaries[ref] = summarize(
          buildReport({ ...each, traffic, alerts, names }),
        );
      }
    });
    return summaries;
  }

  /** Entities that are not well, the worst first, at most `limit` of those that were looked at. */
  async unhealthy(
    credentials: BackstageCredentials,
    limit: number,
  ): Promise<Array<HealthSummary & { entityRef: string }>> {
    const entities = await this.#access.withWorkloads(credentials, 10_000);
    const facts = await Promise.all(
      entities.map(entity => this.#facts(entity)),
    );
    const [traffic, firing] = await Promise.all([
      this.#traffic.of(facts.flatMap(({ environments }) => environments)),
      this.#alerts.of(facts.map(({ entityRef }) => entityRef)),
    ]);
    const found: Array<HealthSummary & { entityRef: string }> = [];
    for (const each of facts) {
      const alerts = firing.get(each.entityRef) ?? each.alerts;
      const report = buildReport({ ...each, traffic, alerts });
      if (report.status !== 'healthy' && report.problem === undefined) {
        found.push({ entityRef: report.entityRef, ...summarize(report) });
      }
    }
    const order = ['failing', 'degraded', 'unknown'];
    return found
      .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
      .slice(0, limit);
  }

  async events(
    entityRef: string,
    environmentName: string,
    credentials: BackstageCredentials,
  ): Promise<HealthEvents> {
    const { environment } = await this.requireEnvironment(
      entityRef,
      environmentName,
      credentials,
    );
    const found = await Promise.all(
      environment.workloads.map(workload =>
        this.#clusters.events({
          environment: environmentName,
          namespace: workload.ref.namespace,
          involved: involvedObjects(workload),
        }),
      ),
    );
    const events = found
      .flat()
      .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
    return {
      environment: environmentName,
      events: events.slice(0, MAX_EVENTS).map(({ involved, ...event }) => ({
        ...event,
        involved: { kind: involved.kind, name: involved.name },
      })),
      truncated: events.length > MAX_EVENTS,
    };
  }

  /** @throws `NotFoundError` when the caller may not see the entity or there is no such environment for it */
  async requireEnvironment(
    entityRef: string,
    name: string,
    credentials: BackstageCredentials,
  ): Promise<EntityEnvironment> {
    const entity = await this.#access.requireEntity(entityRef, credentials);
    this.#clusters.environment(name);
    const environments = await this.#clusters.workloads(entity);
    const environment = environments.find(
      candidate => candidate.environment.name === name,
    );
    if (!environment) {
      throw new NotFoundError(
        `${entityRef} has no workloads in environment ${name}: its annotations name none there`,
      );
    }
    return { entity, environment };
  }

  /** What informers know: quick, and enough for a status and a sentence. */
  async #facts(entity: Entity): Promise<HealthFacts> {
    const annotation = annotated(entity);
    return {
      entityRef: stringifyEntityRef(entity),
      now: this.#now(),
      annotated: annotation,
      environments:
        annotation.kind === 'yes' ? await this.#clusters.workloads(entity) : [],
      usage: new Map(),
      traffic: new Map(),
      alerts: new Map(),
      commits: new Map(),
      names: new Map(),
    };
  }
}
