import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  catalogEdges,
  trafficEdges,
  type ClustersService,
  type EnvironmentWorkloads,
  type MetricsService,
  type TrafficEdge,
} from '@ghostlight/plugin-clusters-node';
import type {
  HealthMap,
  HealthWindow,
  MetricsProblem,
} from '@ghostlight/plugin-health-common';
import { notConfigured, unavailable } from '../metrics/metricsProblem';
import type { FiringAlerts } from '../alerts/FiringAlerts';
import { environmentHealth } from '../report/environmentHealth';
import { TRAFFIC_RULES } from '../report/trafficRules';
import type { Access } from '../service/Access';
import { annotated } from '../service/annotated';
import type { NameSource } from '../service/NameSource';
import type { TrafficSource } from '../service/TrafficSource';
import { buildMap } from './buildMap';
import { mapEntities } from './mapEntities';
import { mapTraffic, type SeenTraffic } from './mapTraffic';
import {
  seenKey,
  type SeenWorkload,
  type WorkloadOwners,
} from './WorkloadOwners';

/** What "now" is: as long as status and sentence look back. */
const NOW_WINDOW = TRAFFIC_RULES.window;
const NOTHING_SEEN: SeenTraffic = { edges: [], workloads: [], notes: [] };

/** A component and where it runs in the environment of the map. */
interface Placed {
  entity: Entity;
  entityRef: string;
  member: boolean;
  environment: EnvironmentWorkloads | undefined;
}

/** Systems with the traffic between their components. The caller's permission is checked. */
export class SystemMaps {
  readonly #options: {
    access: Access;
    clusters: ClustersService;
    metrics: MetricsService;
    traffic: TrafficSource;
    alerts: Pick<FiringAlerts, 'of'>;
    owners: WorkloadOwners;
    names: NameSource;
    now: () => Date;
  };

  constructor(options: {
    access: Access;
    clusters: ClustersService;
    metrics: MetricsService;
    traffic: TrafficSource;
    alerts: Pick<FiringAlerts, 'of'>;
    owners: WorkloadOwners;
    names: NameSource;
    now: () => Date;
  }) {
    this.#options = options;
  }

  /** @throws `InputError` when the entity is no system */
  async map(
    systemRef: string,
    query: { environment: string; window: HealthWindow },
    options: { credentials: BackstageCredentials; signal?: AbortSignal },
  ): Promise<HealthMap> {
    const { access, clusters, now } = this.#options;
    const { credentials, signal } = options;
    const system = await access.requireEntity(systemRef, credentials);
    if (system.kind.toLowerCase() !== 'system') {
      throw new InputError(
        `${systemRef} is no system; ask for the map of the system it is a part of`,
      );
    }
    clusters.environment(query.environment);
    const found = await mapEntities(system, access, credentials);
    const place = (entities: Entity[], member: boolean) =>
      this.#place(entities, member, query.environment);
    const declared = await Promise.all([
      place(found.members, true),
      place(found.neighbours, false),
    ]);
    const placed = declared.flat();
    const { seen, present, problem } = await this.#see(placed, query, signal);
    const met = await this.#met(placed, seen.edges, query, credentials);
    placed.push(...(await place(met.entities, false)));

    const owners = new Map([...met.hidden, ...ownersOf(placed)]);
    const entityEdges = (edges: TrafficEdge[]) =>
      trafficEdges(edges, workload => owners.get(seenKey(workload)));
    const built = buildMap(
      await this.#components(placed, seen, present, credentials),
      [
        ...catalogEdges([...placed.map(({ entity }) => entity), ...found.apis]),
        ...entityEdges(seen.edges),
      ],
      present && entityEdges(present.edges),
    );
    return {
      entityRef: stringifyEntityRef(system),
      environment: query.environment,
      at: now().toISOString(),
      window: query.window,
      problem,
      nodes: built.nodes,
      edges: built.edges,
      notes: [...new Set([...found.notes, ...seen.notes, ...built.notes])],
    };
  }

  async #place(
    entities: Entity[],
    member: boolean,
    environmentName: string,
  ): Promise<Placed[]> {
    return Promise.all(
      entities.map(async entity => {
        const environments =
          annotated(entity).kind === 'yes'
            ? await this.#options.clusters.workloads(entity)
            : [];
        return {
          entity,
          entityRef: stringifyEntityRef(entity),
          member,
          environment: environments.find(
            ({ environment }) => environment.name === environmentName,
          ),
        };
      }),
    );
  }

  /** Without a Prometheus that answers, a map shows what is declared. */
  async #see(
    placed: Placed[],
    { environment, window }: { environment: string; window: HealthWindow },
    signal: AbortSignal | undefined,
  ): Promise<{
    seen: SeenTraffic;
    /** What is seen now. */
    present?: SeenTraffic;
    problem?: MetricsProblem;
  }> {
    const { metrics, now } = this.#options;
    const source = metrics.of(environment);
    if (!source) {
      return { seen: NOTHING_SEEN, problem: notConfigured(environment) };
    }
    const namespaces = placed
      .filter(({ member }) => member)
      .flatMap(each => each.environment?.workloads ?? [])
      .map(({ ref }) => ref.namespace);
    const at = now();
    const look = (over: HealthWindow) =>
      mapTraffic(source, [...new Set(namespaces)], over, at, signal);
    try {
      const [seen, present] = await Promise.all([
        look(window),
        // A map without what goes on now still tells what went on.
        window === NOW_WINDOW
          ? undefined
          : look(NOW_WINDOW).catch(() => undefined),
      ]);
      return { seen, present: window === NOW_WINDOW ? seen : present };
    } catch (error) {
      signal?.throwIfAborted();
      return { seen: NOTHING_SEEN, problem: unavailable(error) };
    }
  }

  /**
   * Components that nobody declared but that were seen to call a member or be called by one. Those the caller may not see
   * keep a name of their own, which is on no map: as `unknown` they would pass for what is outside of the catalog.
   */
  async #met(
    placed: Placed[],
    edges: TrafficEdge[],
    { environment }: { environment: string },
    credentials: BackstageCredentials,
  ): Promise<{ entities: Entity[]; hidden: Map<string, string> }> {
    const { access, owners } = this.#options;
    const known = ownersOf(placed);
    const members = ownersOf(placed.filter(({ member }) => member));
    const isMember = (workload: SeenWorkload | undefined) =>
      workload !== undefined && members.has(seenKey(workload));
    const strangers = edges
      .filter(({ from, to }) => isMember(from) || isMember(to))
      .flatMap(({ from, to }) => (from ? [from, to] : [to]))
      .filter(workload => !known.has(seenKey(workload)));
    const hidden = await owners.of(environment, strangers);
    const drawn = new Set(placed.map(({ entityRef }) => entityRef));
    const refs = [...new Set(hidden.values())].filter(ref => !drawn.has(ref));
    const entities = await access.visible(refs, credentials, ['relations']);
    return { entities: entities.flatMap(entity => entity ?? []), hidden };
  }

  async #components(
    placed: Placed[],
    seen: SeenTraffic,
    present: SeenTraffic | undefined,
    credentials: BackstageCredentials,
  ) {
    const { traffic, alerts, names, now } = this.#options;
    const environments = placed.flatMap(({ environment }) => environment ?? []);
    const facts = {
      now: now(),
      usage: new Map(),
      commits: new Map(),
      traffic: await traffic.of(environments),
      names: await names.of(environments, credentials),
    };
    const firing = await alerts.of(placed.map(({ entityRef }) => entityRef));
    const trafficOf = (of: SeenTraffic, each: Placed) => {
      const own = new Set(
        each.environment?.workloads.map(({ ref }) => seenKey(ref)),
      );
      return of.workloads.filter(workload => own.has(seenKey(workload)));
    };
    return placed.map(each => {
      const { entity, entityRef, member, environment } = each;
      return {
        entityRef,
        member,
        health:
          environment &&
          environmentHealth(environment, {
            ...facts,
            entityRef,
            annotated: annotated(entity),
            environments: [environment],
            alerts: firing.get(entityRef) ?? new Map(),
          }),
        traffic: trafficOf(seen, each),
        now: present && trafficOf(present, each),
      };
    });
  }
}

/** Entity refs by workload. */
function ownersOf(placed: Placed[]): Map<string, string> {
  return new Map(
    placed.flatMap(({ entityRef, environment }) =>
      (environment?.workloads ?? []).map(({ ref }): [string, string] => [
        seenKey(ref),
        entityRef,
      ]),
    ),
  );
}
