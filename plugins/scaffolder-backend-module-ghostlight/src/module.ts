import { setTimeout as pauseFor } from 'node:timers/promises';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { DeliveryClient } from '@ghostlight/plugin-delivery-common';
import { ForgeClient } from '@ghostlight/plugin-forge-common';
import { createDeployAction } from './actions/deploy';
import { createPublishAction } from './actions/publish';
import { createRegisterAction } from './actions/register';

/** Template actions that publish, deploy and register a service. */
export const scaffolderModuleGhostlight = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'ghostlight',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
      },
      async init({ actions, auth, catalog, config, discovery, events }) {
        const client = { discoveryApi: discovery, fetchApi: { fetch } };
        const forge = new ForgeClient(client);
        const delivery = new DeliveryClient(client);
        const appUrl = config.getString('app.baseUrl').replace(/\/$/, '');
        const pause = async (ms: number, signal: AbortSignal | undefined) => {
          await pauseFor(ms, undefined, { signal });
        };
        actions.addActions(
          createPublishAction({ auth, discovery, forge, appUrl }),
          createDeployAction({ auth, delivery, appUrl, pause }),
          createRegisterAction({ auth, catalog, events, forge, pause }),
        );
      },
    });
  },
});
