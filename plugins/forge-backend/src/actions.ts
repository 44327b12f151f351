import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { BoundOperation } from './service/boundOperations';

const kebab = (id: string) =>
  id.replace(/[A-Z]/g, letter => `-${letter.toLocaleLowerCase('en-US')}`);

/** What assistants may call: the same operations, with the same checks. */
export function registerActions(
  registry: ActionsRegistryService,
  operations: Record<string, BoundOperation>,
): void {
  for (const [id, { operation, run }] of Object.entries(operations)) {
    if (!operation.action) continue;
    registry.register({
      name: kebab(id),
      title: operation.title,
      description: operation.description,
      attributes: operation.action,
      schema: {
        input: () => operation.input,
        output: () => operation.output,
      },
      action: async ({ input, credentials }) => ({
        output: await run(input, credentials),
      }),
    });
  }
}
