import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ImportService } from './importing/ImportService';
import { DeliveryService } from './service/DeliveryService';

/** The doors of Delivery for assistants; the same service and permissions as over HTTP. */
export function registerActions(
  registry: ActionsRegistryService,
  services: { delivery: DeliveryService; imports: ImportService },
): void {
  const { delivery, imports } = services;
  registry.register({
    name: 'list-deployments',
    title: 'List deployments',
    description:
      'Deployments of components, newest first: which commit went to which environment, when, by whom, and how it ended.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .optional()
            .describe('Only of this component, e.g. component:default/orders'),
          environment: z.string().optional(),
          page: z.number().int().min(1).default(1),
        }),
      output: z =>
        z.object({
          items: z.array(z.record(z.unknown())),
          page: z.number(),
          totalPages: z.number(),
        }),
    },
    action: async ({ input, credentials }) => ({
      output: await delivery.list({ ...input, pageSize: 20 }, credentials),
    }),
  });
  registry.register({
    name: 'get-deployment',
    title: 'Get a deployment with its log',
    description:
      'The state of one deployment, the reason if it failed, and the last lines of its log.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: z => z.object({ id: z.string().uuid() }),
      output: z =>
        z.object({
          deployment: z.record(z.unknown()),
          log: z.array(z.string()),
        }),
    },
    action: async ({ input, credentials }) => {
      const deployment = await delivery.get(input.id, credentials);
      const { lines } = await delivery.log(
        input.id,
        { after: 0, limit: 2000 },
        credentials,
      );
      const log = lines.slice(-100).map(each => each.line);
      return { output: { deployment, log } };
    },
  });
  registry.register({
    name: 'deploy',
    title: 'Deploy a commit',
    description:
      'Builds a commit of a repository and brings it to an environment, in place of what runs there. Answers at once; follow it with get-deployment. Needs the right to deploy the component there.',
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z =>
        z.object({
          repository: z
            .string()
            .max(300)
            .regex(
              /^([a-z][a-z0-9-]{1,49}|[a-z0-9][a-z0-9.:-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*){2,8})$/,
            )
            .describe(
              'Name in the local forge, or host/owner/name of one elsewhere; then entityRef is needed',
            ),
          entityRef: z.string().max(200).optional(),
          environment: z.string(),
          sha: z
            .string()
            .regex(/^[0-9a-f]{40}$/)
            .optional()
            .describe('The head of the default branch when not given'),
          key: z
            .string()
            .max(200)
            .optional()
            .describe('The same key does not deploy twice'),
        }),
      output: z => z.object({ deployment: z.record(z.unknown()) }),
    },
    action: async ({ input, credentials }) => ({
      output: { deployment: await delivery.deploy(input, credentials) },
    }),
  });
  registry.register({
    name: 'propose-import',
    title: 'Propose how to import a service',
    description:
      'Looks at a repository of the forge, or at Kubernetes manifests, and says which files and annotations to add so that the portal knows the component and finds what runs of it. Changes nothing.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          repository: z.string().max(300).optional(),
          manifests: z.string().max(262_144).optional(),
          name: z.string().max(63).optional(),
          owner: z.string().max(200).describe('Entity ref of the owner to be'),
          system: z.string().max(200).optional(),
        }),
      output: z => z.object({ proposal: z.record(z.unknown()) }),
    },
    action: async ({ input, credentials }) => ({
      output: { proposal: await imports.analyse(input, credentials) },
    }),
  });
}
