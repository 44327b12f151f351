import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  ANNOTATION_REPOSITORY,
  ForgeClient,
} from '@ghostlight/plugin-forge-common';
import {
  FORGE_REPOSITORY_TOPIC,
  ForgeRepositoryEvent,
} from '@ghostlight/plugin-forge-node';
import { callerOptions } from './callerOptions';
import { readDeclared } from './readDeclared';
import { stepFailed } from './stepFailed';

const POLL_EVERY_MS = 200;
const GIVE_UP_AFTER_MS = 60_000;
/** Another look at the repository, in case the first one came before the catalog listened. */
const ASK_AGAIN_EVERY_MS = 5_000;

/** `ghostlight:register`: has the catalog read the repository now, and waits until it serves the entity. */
export function createRegisterAction(options: {
  auth: AuthService;
  catalog: CatalogService;
  events: EventsService;
  forge: Pick<ForgeClient, 'getRepository' | 'getFile'>;
  pause(ms: number, signal: AbortSignal | undefined): Promise<void>;
}) {
  const { auth, catalog, events, forge, pause } = options;
  return createTemplateAction({
    id: 'ghostlight:register',
    description:
      'Waits until the entity of a repository of the forge is in the catalog.',
    supportsDryRun: true,
    schema: {
      input: {
        repository: z => z.string().describe('Name of the repository'),
      },
      output: {
        entityRef: z => z.string(),
      },
    },
    async handler(ctx) {
      const { repository } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would wait until the catalog serves ${repository}`);
        ctx.output('entityRef', `component:default/${repository}`);
        return;
      }
      try {
        const declared = await readCatalogInfo();
        const entityRef = stringifyEntityRef(declared);
        ctx.logger.info(`Waiting until the catalog serves ${entityRef}`);
        await untilServed(entityRef, declared);
        ctx.output('entityRef', entityRef);
      } catch (error) {
        throw stepFailed(`Could not add ${repository} to the catalog`, error);
      }

      async function readCatalogInfo(): Promise<Entity> {
        const caller = await callerOptions(ctx, auth, 'forge');
        const found = await forge.getRepository(repository, caller);
        if (!found?.head) {
          throw new NotFoundError(
            found
              ? `Repository ${repository} is empty`
              : `There is no repository ${repository} in the forge`,
          );
        }
        const { content } = await forge.getFile(
          repository,
          { ref: found.head.sha, path: 'catalog-info.yaml' },
          caller,
        );
        return readDeclared(content ?? '');
      }

      async function untilServed(entityRef: string, declared: Entity) {
        const credentials = await ctx.getInitiatorCredentials();
        for (
          let waitedMs = 0;
          waitedMs < GIVE_UP_AFTER_MS;
          waitedMs += POLL_EVERY_MS
        ) {
          ctx.signal?.throwIfAborted();
          const served = await catalog.getEntityByRef(entityRef, {
            credentials,
          });
          const source = served?.metadata.annotations?.[ANNOTATION_REPOSITORY];
          if (source === repository) {
            // Its owner decides what may be done with it next, so it counts as served when the catalog has worked that out.
            if (
              served?.relations?.some(({ type }) => type === RELATION_OWNED_BY)
            ) {
              return;
            }
          } else if (served) {
            throw new ConflictError(
              `${entityRef} is in the catalog already, from ${
                source ? `repository ${source}` : 'another source'
              }; choose another name in catalog-info.yaml`,
            );
          }
          if (waitedMs % ASK_AGAIN_EVERY_MS === 0) {
            await announce();
          }
          await pause(POLL_EVERY_MS, ctx.signal);
        }
        const checked = await catalog.validateEntity(
          declared,
          `url:http://forge/${repository}/catalog-info.yaml`,
          { credentials },
        );
        throw new InputError(
          checked.valid
            ? `the catalog does not serve ${entityRef} after ${
                GIVE_UP_AFTER_MS / 1000
              } s; look at the backend's log, then run this task again`
            : `the catalog refuses ${entityRef}: ${checked.errors
                .map(({ message }) => message)
                .join('; ')}`,
        );
      }

      /** Events of repositories come at least once, so telling one again is how to ask for another look. */
      async function announce(): Promise<void> {
        const eventPayload: ForgeRepositoryEvent = {
          repository,
          action: 'created',
        };
        await events.publish({ topic: FORGE_REPOSITORY_TOPIC, eventPayload });
      }
    },
  });
}
