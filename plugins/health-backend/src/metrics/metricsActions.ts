import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  HEALTH_WINDOWS,
  type HealthPoint,
  type WorkloadMetrics,
} from '@ghostlight/plugin-health-common';
import type { SystemMaps } from '../map/SystemMaps';
import type { EntityMetrics } from './EntityMetrics';

const attributes = { readOnly: true, idempotent: true, destructive: false };
/** As many as an assistant needs to see a bend. */
const MAX_POINTS = 30;

/** The doors of metrics and maps for assistants; the same services and permissions as over HTTP. */
export function registerMetricsActions(
  registry: ActionsRegistryService,
  { metrics, maps }: { metrics: EntityMetrics; maps: SystemMaps },
): void {
  registry.register({
    name: 'get-metrics',
    title: 'Get the metrics of an entity',
    description:
      'Requests per second, share of failed requests, latency (ms), CPU (cores) and memory (bytes) of an entity in one environment over a window, with deploys. Each series has its newest value, its highest, and at most 30 points [unix seconds, value]; null is no data. `problem` says why there are none.',
    attributes,
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe('Full entity ref, e.g. component:default/orders'),
          environment: z.string(),
          window: z.enum(HEALTH_WINDOWS).default('PT15M'),
        }),
      output: z =>
        z.object({
          from: z.string(),
          to: z.string(),
          problem: z
            .object({
              code: z.string(),
              message: z.string(),
              hint: z.string().optional(),
            })
            .optional(),
          notes: z.array(z.string()),
          workloads: z.array(z.record(z.unknown())),
          deploys: z.array(z.record(z.unknown())),
        }),
    },
    action: async ({ input, credentials }) => {
      const { entityRef, ...query } = input;
      const answer = await metrics.metrics(entityRef, query, { credentials });
      const { from, to, problem, notes, workloads, deploys } = answer;
      return {
        output: {
          from,
          to,
          problem,
          notes,
          workloads: workloads.map(short),
          deploys: deploys.map(deploy => ({ ...deploy })),
        },
      };
    },
  });

  registry.register({
    name: 'get-map',
    title: 'Get the map of a system',
    description:
      'Components of a system with their health, and who calls whom: requests per second, share of failed requests and p95 (ms) of each edge, seen in traffic or declared in the catalog. `unknown` stands for callers that are no component.',
    attributes,
    schema: {
      input: z =>
        z.object({
          systemRef: z
            .string()
            .describe('Full ref of a system, e.g. system:default/storefront'),
          environment: z.string(),
          window: z.enum(HEALTH_WINDOWS).default('PT15M'),
        }),
      output: z =>
        z.object({
          problem: z
            .object({
              code: z.string(),
              message: z.string(),
              hint: z.string().optional(),
            })
            .optional(),
          notes: z.array(z.string()),
          nodes: z.array(z.record(z.unknown())),
          edges: z.array(z.record(z.unknown())),
        }),
    },
    action: async ({ input, credentials }) => {
      const { systemRef, ...query } = input;
      const map = await maps.map(systemRef, query, { credentials });
      return {
        output: {
          problem: map.problem,
          notes: map.notes,
          nodes: map.nodes.map(({ trend: _trend, ...node }) => node),
          edges: map.edges.map(edge => ({ ...edge })),
        },
      };
    },
  });
}

function short({
  workload,
  cpuLimitCores,
  memoryLimitBytes,
  ...series
}: WorkloadMetrics): Record<string, unknown> {
  return {
    workload,
    cpuLimitCores,
    memoryLimitBytes,
    ...Object.fromEntries(
      Object.entries(series).map(([name, points]) => [name, thin(points)]),
    ),
  };
}

/** The newest point is always among those that are kept. */
function thin(points: HealthPoint[]) {
  const every = Math.max(1, Math.ceil(points.length / MAX_POINTS));
  const values = points.flatMap(([, value]) => value ?? []);
  return {
    newest: values.at(-1) ?? null,
    highest: values.length > 0 ? Math.max(...values) : null,
    points: points.filter(
      (_, index) => (points.length - 1 - index) % every === 0,
    ),
  };
}
