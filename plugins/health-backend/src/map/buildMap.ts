import { parseEntityRef } from '@backstage/catalog-model';
import {
  mergeEdges,
  type Edge,
  type MeasuredEdge,
  type MergedEdge,
  type MetricPoint,
  type WorkloadTraffic,
} from '@ghostlight/plugin-clusters-node';
import type {
  EnvironmentHealth,
  HealthMap,
  MapEdge,
  MapNode,
  MapRates,
} from '@ghostlight/plugin-health-common';
import { healthPoints } from '../metrics/workloadMetrics';
import { MAX_NODES } from './mapEntities';

/** Callers that are no component. */
export const UNKNOWN = 'unknown';

/** What is known of one component. */
export interface MapComponent {
  entityRef: string;
  member: boolean;
  /** Undefined when it names no workloads in the environment. */
  health: EnvironmentHealth | undefined;
  /** What its workloads were asked within the window. */
  traffic: WorkloadTraffic[];
  /** What they are asked now; undefined when that is not known. */
  now: WorkloadTraffic[] | undefined;
}

/**
 * Components and edges in, nodes and edges out: at most 200 nodes, those of the system first, then the busiest.
 *
 * @param now - what goes over the edges now; undefined when that is not known
 */
export function buildMap(
  components: MapComponent[],
  edges: Edge[],
  now: MeasuredEdge[] | undefined,
): Pick<HealthMap, 'nodes' | 'edges' | 'notes'> {
  const members = new Set(
    components.filter(({ member }) => member).map(({ entityRef }) => entityRef),
  );
  const merged = mergeEdges(edges).filter(
    ({ from, to }) => members.has(from) || members.has(to),
  );
  const connected = new Set(merged.flatMap(({ from, to }) => [from, to]));
  const all = components
    .filter(({ member, entityRef }) => member || connected.has(entityRef))
    .map(componentNode);
  const shown = [...all]
    .sort(
      (a, b) =>
        Number(b.member) - Number(a.member) ||
        (b.requestsPerSecond ?? 0) - (a.requestsPerSecond ?? 0) ||
        a.id.localeCompare(b.id),
    )
    .slice(0, MAX_NODES);
  const ids = new Set(shown.map(({ id }) => id));
  const kept = merged.filter(
    ({ from, to }) => ids.has(to) && (ids.has(from) || from === UNKNOWN),
  );
  const nowOf = now && edgesNow(now);
  const drawn = kept.map(each => edge(each, nowOf));
  const unknown = unknownNode(drawn);
  return {
    nodes: unknown ? [...shown, unknown] : shown,
    edges: drawn,
    notes:
      all.length > shown.length
        ? [`${shown.length} of ${all.length} components are shown`]
        : [],
  };
}

function componentNode({
  entityRef,
  member,
  health,
  traffic,
  now,
}: MapComponent): MapNode {
  const { name } = parseEntityRef(entityRef);
  const sum = (count: 'ready' | 'desired') =>
    health?.workloads.reduce(
      (total, { replicas }) => total + replicas[count],
      0,
    );
  return {
    id: entityRef,
    name,
    member,
    status: health?.status ?? 'unknown',
    sentence:
      health?.sentence ??
      `Unknown. ${name} does not say which workloads are its own.`,
    ready: sum('ready'),
    desired: sum('desired'),
    ...rates(traffic),
    now: now && traffic.length + now.length > 0 ? ratesNow(now) : undefined,
  };
}

/** Nothing is known to be asked of what is in no answer. */
function ratesNow(traffic: WorkloadTraffic[]): MapRates {
  const { requestsPerSecond = 0, errorRatio, p95Ms } = rates(traffic);
  return { requestsPerSecond, errorRatio, p95Ms };
}

function rates(
  traffic: WorkloadTraffic[],
): Pick<MapNode, 'requestsPerSecond' | 'errorRatio' | 'p95Ms' | 'trend'> {
  if (traffic.length === 0) {
    return {};
  }
  const rate = traffic.reduce((sum, each) => sum + each.requestsPerSecond, 0);
  const failed = traffic.reduce(
    (sum, each) => sum + each.requestsPerSecond * (each.errorRatio ?? 0),
    0,
  );
  const p95s = traffic.flatMap(({ p95Ms }) => p95Ms ?? []);
  const trends = traffic.flatMap(({ trend }) => (trend ? [trend] : []));
  return {
    requestsPerSecond: rate,
    errorRatio: rate > 0 ? failed / rate : undefined,
    p95Ms: p95s.length > 0 ? Math.max(...p95s) : undefined,
    trend: trends.length > 0 ? healthPoints(addUp(trends)) : undefined,
  };
}

/** Trends of one answer have the same times. */
function addUp(trends: MetricPoint[][]): MetricPoint[] {
  return trends[0].map(([at], index) => {
    const values = trends.flatMap(trend => trend[index]?.[1] ?? []);
    return [
      at,
      values.length > 0
        ? values.reduce((sum, value) => sum + value, 0)
        : undefined,
    ];
  });
}

function unknownNode(edges: MapEdge[]): MapNode | undefined {
  const own = edges.filter(({ from }) => from === UNKNOWN);
  const nows = own.flatMap(({ now }) => now ?? []);
  const sum = (parts: Array<Partial<MapRates>>) =>
    parts.reduce((total, part) => total + (part.requestsPerSecond ?? 0), 0);
  return own.length === 0
    ? undefined
    : {
        id: UNKNOWN,
        name: 'Other callers',
        member: false,
        status: 'unknown',
        sentence: 'Callers that are no component of the catalog.',
        requestsPerSecond: sum(own),
        now: nows.length > 0 ? { requestsPerSecond: sum(nows) } : undefined,
      };
}

function edgesNow(edges: MeasuredEdge[]): Map<string, MapRates> {
  return new Map(
    edges.map(({ from, to, requestsPerSecond, errorRatio, p95Ms }) => [
      `${from} ${to}`,
      { requestsPerSecond, errorRatio, p95Ms },
    ]),
  );
}

function edge(
  { from, to, sources, ...measured }: MergedEdge,
  nowOf: Map<string, MapRates> | undefined,
): MapEdge {
  const { seenAt, requestsPerSecond, errorRatio, p95Ms } = measured;
  const now =
    nowOf?.get(`${from} ${to}`) ??
    // It was seen within the window, and nobody asks now.
    (nowOf && requestsPerSecond !== undefined
      ? { requestsPerSecond: 0 }
      : undefined);
  return {
    from,
    to,
    sources,
    seenAt,
    requestsPerSecond,
    errorRatio,
    p95Ms,
    now,
  };
}
