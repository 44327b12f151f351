import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ComparisonService } from '../comparison/ComparisonService';
import type { ObjectivesService } from '../objectives/ObjectivesService';
import { MAX_NOTE, MAX_PAGE_SIZE, type AlertService } from './AlertService';

const reading = { readOnly: true, idempotent: true, destructive: false };
const ENTITY_REF = 'Full entity ref, e.g. component:default/orders';

/** The doors of objectives, alerts and comparisons for assistants; the same services and permissions as over HTTP. */
export function registerObjectivesActions(
  registry: ActionsRegistryService,
  {
    objectives,
    comparison,
    alerts,
  }: {
    objectives: ObjectivesService;
    comparison: ComparisonService;
    alerts: AlertService;
  },
): void {
  registry.register({
    name: 'get-objectives',
    title: 'Get the objectives of a component',
    description:
      'What ghostlight.yaml promises of a component in one environment: how much of each error budget is left, how fast it burns, and the mistakes in the file with their lines.',
    attributes: reading,
    schema: {
      input: z =>
        z.object({
          entityRef: z.string().describe(ENTITY_REF),
          environment: z.string(),
        }),
      output: z =>
        z.object({
          problem: z.string().optional(),
          serviceFile: z.record(z.unknown()),
          objectives: z.array(z.record(z.unknown())),
        }),
    },
    action: async ({ input, credentials }) => {
      const found = await objectives.objectives(
        input.entityRef,
        input.environment,
        credentials,
      );
      const { problem, serviceFile } = found;
      return {
        output: {
          problem: problem?.message,
          serviceFile: { ...serviceFile },
          objectives: found.objectives.map(
            ({ history: _history, ...objective }) => ({ ...objective }),
          ),
        },
      };
    },
  });

  registry.register({
    name: 'list-alerts',
    title: 'List alerts',
    description:
      'Alerts of components, what fires first, each with a sentence that says what is wrong and since when, and who looks at it.',
    attributes: reading,
    schema: {
      input: z =>
        z.object({
          entityRefs: z
            .array(z.string().max(400))
            .max(1_000)
            .optional()
            .describe('Only of these; of all that may be seen without it'),
          environment: z.string().optional(),
          state: z.enum(['firing', 'resolved']).optional(),
          page: z.number().int().min(1).default(1),
          pageSize: z.number().int().min(1).max(MAX_PAGE_SIZE).default(20),
        }),
      output: z =>
        z.object({
          total: z.number(),
          totalPages: z.number(),
          items: z.array(z.record(z.unknown())),
        }),
    },
    action: async ({ input, credentials }) => {
      const { items, total, totalPages } = await alerts.list(
        input,
        credentials,
      );
      return {
        output: { total, totalPages, items: items.map(item => ({ ...item })) },
      };
    },
  });

  registry.register({
    name: 'acknowledge-alert',
    title: 'Acknowledge an alert',
    description:
      'Says in the name of the caller that an alert is being looked at. Only for owners of the component and operators.',
    attributes: { readOnly: false, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          id: z.string().uuid().describe('Id of the alert'),
          note: z.string().max(MAX_NOTE).optional(),
        }),
      output: z => z.object({ alert: z.record(z.unknown()) }),
    },
    action: async ({ input, credentials }) => {
      const { id, note } = input;
      const alert = await alerts.acknowledge(id, { note }, credentials);
      return { output: { alert: { ...alert } } };
    },
  });

  registry.register({
    name: 'compare-deploy',
    title: 'Compare before and after the last deploy',
    description:
      'The last deploy of each workload of a component: errors, latency, traffic and usage before and after it, with intervals and a verdict that says "undecided" when the traffic cannot tell.',
    attributes: reading,
    schema: {
      input: z =>
        z.object({
          entityRef: z.string().describe(ENTITY_REF),
          environment: z.string(),
        }),
      output: z =>
        z.object({
          problem: z.string().optional(),
          workloads: z.array(z.record(z.unknown())),
        }),
    },
    action: async ({ input, credentials }) => {
      const { problem, workloads } = await comparison.comparison(
        input.entityRef,
        input.environment,
        credentials,
      );
      return {
        output: {
          problem: problem?.message,
          workloads: workloads.map(workload => ({ ...workload })),
        },
      };
    },
  });
}
