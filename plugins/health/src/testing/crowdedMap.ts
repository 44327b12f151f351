import type {
  HealthMap,
  MapEdge,
  MapNode,
} from '@ghostlight/plugin-health-common';
import { aMap } from './map';
import { seeded } from './series';

const statuses: MapNode['status'][] = [
  'healthy',
  'healthy',
  'healthy',
  'healthy',
  'degraded',
  'healthy',
  'failing',
];

/** Many components with long names, cycles, neighbours, islands and calls that nobody declared. */
export function aCrowdedMap(count: number): HealthMap {
  const random = seeded(count);
  const id = (n: number) => `component:default/service-${n}`;
  const nodes = Array.from({ length: count }, (_, n): MapNode => {
    const status = statuses[Math.floor(random() * statuses.length)];
    return {
      id: id(n),
      name: n % 5 === 3 ? `recommendation-candidates-eu-${n}` : `service-${n}`,
      member: n % 7 !== 6,
      status,
      sentence: `${status} for a test.`,
      ready: status === 'healthy' ? 3 : 1,
      desired: 3,
      requestsPerSecond: random() * 400,
      errorRatio: status === 'healthy' ? 0.001 : random() * 0.2,
      p95Ms: 20 + random() * 900,
    };
  });
  // The last two call nobody and are called by nobody.
  const edges = Array.from({ length: count * 2 }, (_, n): MapEdge => {
    const from = Math.floor(random() * (count - 2));
    const isBack = n % 17 === 16;
    const to = isBack
      ? Math.max(0, from - 2)
      : Math.min(count - 3, from + 1 + Math.floor(random() * 4));
    const isSeen = n % 9 !== 8;
    return {
      from: id(from),
      to: id(to),
      sources: sourcesOf(isSeen, n % 11 === 10),
      ...(isSeen && {
        requestsPerSecond: random() ** 3 * 900,
        errorRatio: random() ** 6 * 0.3,
        p95Ms: 10 + random() * 700,
      }),
    };
  });
  const unique = new Map(edges.map(edge => [`${edge.from} ${edge.to}`, edge]));
  return aMap({ nodes, edges: [...unique.values()] });
}

function sourcesOf(isSeen: boolean, isUndeclared: boolean): MapEdge['sources'] {
  if (!isSeen) {
    return ['catalog'];
  }
  return isUndeclared ? ['traffic'] : ['catalog', 'traffic'];
}
