import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { ForgeClient } from '@ghostlight/plugin-forge-common';
import { collatorOf } from './collatorOf';
import { DocumentReader } from './DocumentReader';
import { docDocuments, repositoryDocuments } from './documents';
import { ForgeReader } from './ForgeReader';

const SCHEDULE = 'search.collators.forge.schedule';

/** Repositories and the Markdown documents in them, for the search. */
export const searchModuleGhostlight = createBackendModule({
  pluginId: 'search',
  moduleId: 'ghostlight',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        index: searchIndexRegistryExtensionPoint,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({
        auth,
        catalog,
        config,
        discovery,
        index,
        logger,
        scheduler,
      }) {
        const schedule = scheduler.createScheduledTaskRunner(
          config.has(SCHEDULE)
            ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
                config.getConfig(SCHEDULE),
              )
            : {
                frequency: { minutes: 2 },
                initialDelay: { seconds: 5 },
                timeout: { minutes: 10 },
              },
        );
        const reader = new ForgeReader({
          auth,
          catalog,
          forge: new ForgeClient({
            discoveryApi: discovery,
            fetchApi: { fetch },
          }),
        });
        index.addCollator({
          schedule,
          factory: collatorOf('repository', () => repositoryDocuments(reader)),
        });
        const documents = new DocumentReader(reader, logger);
        index.addCollator({
          schedule,
          factory: collatorOf('docs', () => docDocuments(reader, documents)),
        });
      },
    });
  },
});
