import { randomUUID } from 'node:crypto';
import { setTimeout as pauseFor } from 'node:timers/promises';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  clustersServiceRef,
  imageBuildersServiceRef,
} from '@ghostlight/plugin-clusters-node';
import {
  Deployment,
  deliveryPermissions,
} from '@ghostlight/plugin-delivery-common';
import { ForgeClient } from '@ghostlight/plugin-forge-common';
import { FORGE_PUSH_TOPIC } from '@ghostlight/plugin-forge-node';
import { registerActions } from './actions';
import { HostApi } from './hosted/HostApi';
import { HostedSource } from './hosted/HostedSource';
import { ImportService } from './importing/ImportService';
import { readTimes } from './readTimes';
import { ClaimStore } from './database/ClaimStore';
import { DeploymentStore } from './database/DeploymentStore';
import { LogStore } from './database/LogStore';
import { createRouter } from './router';
import { Access } from './service/Access';
import { ChangeSignals } from './service/ChangeSignals';
import { DeliveryService } from './service/DeliveryService';
import { DeploymentWorker } from './service/DeploymentWorker';
import { ForgeSource } from './service/ForgeSource';
import { PushDeployer } from './service/PushDeployer';
import { RemovalService } from './service/RemovalService';
import { Sources } from './service/Sources';
import { createWebhookRouter } from './webhooks/createWebhookRouter';
import { readWebhookConfig } from './webhooks/readWebhookConfig';
import { WebhookService } from './webhooks/WebhookService';

const LEASE_MS = 15_000;
const RENEW_EVERY_MS = 2_000;
const POLL_EVERY_MS = 2_000;

/** Delivery: builds a commit, applies its manifests and watches the rollout. */
export const deliveryPlugin = createBackendPlugin({
  pluginId: 'delivery',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        builder: imageBuildersServiceRef,
        catalog: catalogServiceRef,
        cluster: clustersServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { auth, builder, cluster, discovery, lifecycle, logger } = deps;
        deps.permissionsRegistry.addPermissions(deliveryPermissions);

        const deployments = await DeploymentStore.create(deps.database);
        const logs = new LogStore(deployments.knex);
        const claims = new ClaimStore(deployments.knex, {
          owner: randomUUID(),
          leaseMs: LEASE_MS,
        });
        const integrations = ScmIntegrations.fromConfig(deps.config);
        const access = new Access({ ...deps, integrations });
        const forge = new ForgeClient({
          discoveryApi: discovery,
          fetchApi: { fetch },
        });
        const hosted = new HostedSource({
          integrations,
          reader: deps.urlReader,
          api: new HostApi(integrations, fetch),
        });
        const source = new Sources(new ForgeSource(forge, auth), hosted);
        const signals = new ChangeSignals(deps.signals, logger);
        const pause = (ms: number, signal?: AbortSignal) =>
          pauseFor<void>(ms, undefined, { signal });
        const worker = new DeploymentWorker({
          builder,
          claims,
          cluster,
          logger,
          logs,
          source,
          times: readTimes(deps.config),
          pause,
          onChange: deployment => signals.publish([deployment]),
          renewEveryMs: RENEW_EVERY_MS,
          pollEveryMs: POLL_EVERY_MS,
        });
        const onChange = (changed: readonly Deployment[]) => {
          signals.publish(changed);
          worker.nudge(changed.map(({ id }) => id));
        };
        const shared = {
          access,
          auditor: deps.auditor,
          cluster,
          deployments,
          onChange,
          source,
        };
        const delivery = new DeliveryService({ ...shared, logs });
        const imports = new ImportService({
          access,
          cluster,
          sourceFor: credentials =>
            new Sources(new ForgeSource(forge, auth, credentials), hosted),
        });
        const removal = new RemovalService({ ...shared, pause });
        const pushes = new PushDeployer({ ...shared, logger, pause });

        registerActions(deps.actionsRegistry, { delivery, imports });
        const webhooks = new WebhookService({
          config: readWebhookConfig(deps.config),
          integrations,
          access,
          pushes,
          auditor: deps.auditor,
          now: Date.now,
        });
        // Hosts cannot sign in; their signature is checked instead.
        deps.httpRouter.addAuthPolicy({
          path: '/webhooks',
          allow: 'unauthenticated',
        });
        deps.httpRouter.use(createWebhookRouter(webhooks));
        deps.httpRouter.use(
          createRouter({
            delivery,
            imports,
            removal,
            httpAuth: deps.httpAuth,
          }),
        );
        await deps.events.subscribe({
          id: 'delivery-push',
          topics: [FORGE_PUSH_TOPIC],
          onEvent: async ({ eventPayload }) => {
            await pushes.onPush(eventPayload);
          },
        });
        lifecycle.addStartupHook(() => worker.start());
        lifecycle.addShutdownHook(() => worker.stop());
      },
    });
  },
});
