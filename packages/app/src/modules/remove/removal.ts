import { ResponseError } from '@backstage/errors';
import { DeliveryClient, Removal } from '@ghostlight/plugin-delivery-common';
import { ForgeClient } from '@ghostlight/plugin-forge-common';

/** What runs of a component, or why nobody can say. */
export type Preview =
  | { state: 'runs'; environments: Removal['environments'] }
  | { state: 'nothing' }
  | { state: 'refused'; text: string };

/** What was chosen in the dialog. */
export type Choice = { workloads: boolean; repository: boolean };

/** Removes a component in parts, each of which is told on its own. */
export class ComponentRemoval {
  constructor(
    readonly entityRef: string,
    readonly repository: string,
    private readonly clients: {
      delivery: Pick<DeliveryClient, 'remove'>;
      forge: Pick<ForgeClient, 'deleteRepository'>;
    },
  ) {}

  async preview(): Promise<Preview> {
    const { entityRef } = this;
    try {
      const { environments } = await this.clients.delivery.remove({
        entityRef,
        dryRun: true,
      });
      const worth = environments.filter(
        each => each.objects.length > 0 || each.error !== undefined,
      );
      return worth.length > 0
        ? { state: 'runs', environments: worth }
        : { state: 'nothing' };
    } catch (error) {
      return error instanceof ResponseError && error.statusCode === 404
        ? { state: 'nothing' }
        : { state: 'refused', text: inWords(error) };
    }
  }

  /** The repository goes last: as long as it is there, a removal that broke off can be repeated. */
  async remove(choice: Choice): Promise<void> {
    if (choice.workloads) {
      await this.#removeWorkloads();
    }
    if (choice.repository) {
      try {
        await this.clients.forge.deleteRepository(this.repository);
      } catch (error) {
        const before = choice.workloads
          ? 'What ran is removed, but the'
          : 'The';
        throw new Error(
          `${before} repository ${
            this.repository
          } could not be deleted: ${inWords(error)}`,
        );
      }
    }
  }

  async #removeWorkloads(): Promise<void> {
    const { entityRef } = this;
    let removed: Removal;
    try {
      removed = await this.clients.delivery.remove({
        entityRef,
        dryRun: false,
      });
    } catch (error) {
      throw new Error(
        `What runs could not be removed, and nothing else was touched: ${inWords(
          error,
        )}`,
      );
    }
    const failed = removed.environments.filter(each => each.error);
    if (failed.length > 0) {
      throw new Error(
        `Not everything that runs could be removed, and the repository was not touched. ${failed
          .map(({ environment, error }) => `${environment}: ${error}`)
          .join('. ')}`,
      );
    }
  }
}

function inWords(error: unknown): string {
  if (error instanceof ResponseError) {
    return error.cause.message;
  }
  return error instanceof Error ? error.message : String(error);
}
