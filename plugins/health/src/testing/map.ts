import type {
  HealthMap,
  MapEdge,
  MapNode,
} from '@ghostlight/plugin-health-common';
import { ago } from './reports';
import { wander } from './series';

/** Five components of a shop, of which one is in trouble, and people from outside. */
export function aMap(changes: Partial<HealthMap> = {}): HealthMap {
  return {
    entityRef: 'system:default/storefront',
    environment: 'local',
    at: ago(1),
    window: 'PT15M',
    notes: [],
    nodes: [
      node('web', 24, 0.001, 61),
      node('orders', 11, 0.042, 310, {
        status: 'degraded',
        sentence: 'Degraded. 2 of 3 replicas ready.',
        ready: 2,
      }),
      node('payments', 5.2, 0.002, 94),
      node('inventory', 9.4, 0, 18),
      node('recommendations', 24, 0.004, 120),
      {
        id: 'unknown',
        name: 'outside',
        member: false,
        status: 'unknown',
        sentence: 'Callers that are no component.',
      },
    ],
    edges: [
      edge('unknown', 'web', 24, 0.001, 61, ['traffic']),
      edge('web', 'orders', 11, 0.042, 310),
      edge('web', 'recommendations', 24, 0.004, 120),
      edge('orders', 'payments', 5.2, 0.002, 94),
      edge('orders', 'inventory', 9.4, 0, 18),
      {
        from: ref('recommendations'),
        to: ref('inventory'),
        sources: ['catalog'],
      },
    ],
    ...changes,
  };
}

function ref(name: string): string {
  return name === 'unknown' ? name : `component:default/${name}`;
}

function node(
  name: string,
  requestsPerSecond: number,
  errorRatio: number,
  p95Ms: number,
  changes: Partial<MapNode> = {},
): MapNode {
  const end = Math.floor(Date.now() / 30_000) * 30;
  const times = Array.from({ length: 31 }, (_, n) => end - (30 - n) * 30);
  return {
    id: ref(name),
    name,
    member: true,
    status: 'healthy',
    sentence: 'Healthy. 3 of 3 replicas ready.',
    ready: 3,
    desired: 3,
    requestsPerSecond,
    errorRatio,
    p95Ms,
    trend: wander(times, name.length, () => requestsPerSecond, 0.2),
    ...changes,
  };
}

function edge(
  from: string,
  to: string,
  requestsPerSecond: number,
  errorRatio: number,
  p95Ms: number,
  sources: MapEdge['sources'] = ['catalog', 'traffic'],
): MapEdge {
  return {
    from: ref(from),
    to: ref(to),
    sources,
    seenAt: ago(3),
    requestsPerSecond,
    errorRatio,
    p95Ms,
    now: { requestsPerSecond, errorRatio, p95Ms },
  };
}
