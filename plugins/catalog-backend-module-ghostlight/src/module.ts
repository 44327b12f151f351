import { setTimeout as pause } from 'node:timers/promises';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { ForgeClient } from '@ghostlight/plugin-forge-common';
import {
  FORGE_PUSH_TOPIC,
  FORGE_REPOSITORY_TOPIC,
} from '@ghostlight/plugin-forge-node';
import { CatalogInfoProblemProcessor } from './processor/CatalogInfoProblemProcessor';
import { ForgeEntityProvider } from './provider/ForgeEntityProvider';
import { ForgeReader } from './provider/ForgeReader';

const REFRESH_EVERY_MS = 3 * 60_000;
const RETRY_AFTER_MS = 500;

/** Entities of the forge appear in the catalog, and go with their repository. */
export const catalogModuleGhostlight = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'ghostlight',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ auth, catalog, discovery, events, lifecycle, logger }) {
        const forge = new ForgeClient({
          discoveryApi: discovery,
          fetchApi: { fetch },
        });
        const provider = new ForgeEntityProvider(
          new ForgeReader(forge, auth),
          logger,
        );
        catalog.addEntityProvider(provider);
        catalog.addProcessor(new CatalogInfoProblemProcessor());

        await events.subscribe({
          id: 'ghostlight-forge',
          topics: [FORGE_PUSH_TOPIC, FORGE_REPOSITORY_TOPIC],
          onEvent: ({ eventPayload }) =>
            provider.refreshRepository(repositoryOf(eventPayload)),
        });

        const stopping = new AbortController();
        lifecycle.addStartupHook(() => {
          const { signal } = stopping;
          void keepRefreshing(provider, signal, message =>
            logger.warn(message),
          );
        });
        lifecycle.addShutdownHook(() => stopping.abort());
      },
    });
  },
});

/** Reads everything at the start, as soon as the forge answers, and then from time to time. */
async function keepRefreshing(
  provider: ForgeEntityProvider,
  signal: AbortSignal,
  warn: (message: string) => void,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let waitMs = REFRESH_EVERY_MS;
    try {
      await provider.refreshAll();
      failures = 0;
    } catch (error) {
      failures += 1;
      waitMs = Math.min(RETRY_AFTER_MS * failures, REFRESH_EVERY_MS);
      // The forge starts at the same time as the catalog; only a longer silence is worth a line.
      if (failures === 10) {
        warn(`Entities of the forge are not read: ${error}; trying again`);
      }
    }
    await pause(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

function repositoryOf(payload: unknown): string {
  if (
    typeof payload === 'object' &&
    payload !== null &&
    'repository' in payload &&
    typeof payload.repository === 'string'
  ) {
    return payload.repository;
  }
  throw new InputError('An event of the forge names no repository');
}
