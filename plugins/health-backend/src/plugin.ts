import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  clustersServiceRef,
  metricsServiceRef,
} from '@ghostlight/plugin-clusters-node';
import { ForgeClient } from '@ghostlight/plugin-forge-common';
import { FORGE_PUSH_TOPIC } from '@ghostlight/plugin-forge-node';
import { healthPermissions } from '@ghostlight/plugin-health-common';
import { registerActions } from './actions';
import { registerObjectivesActions } from './alerts/actions';
import { assembleAlerts } from './alerts/assembleAlerts';
import { FiringAlerts } from './alerts/FiringAlerts';
import { AlertStore } from './database/AlertStore';
import { openHealthDatabase } from './database/HealthDatabase';
import { DEFAULT_LIMITS } from './logs/LogTail';
import { StreamLimits } from './logs/StreamLimits';
import { EntityMetrics } from './metrics/EntityMetrics';
import { registerMetricsActions } from './metrics/metricsActions';
import { SystemMaps } from './map/SystemMaps';
import { WorkloadOwners } from './map/WorkloadOwners';
import { createRouter } from './router';
import { alertsRoutes } from './routers/alertsRoutes';
import { mapRoutes } from './routers/mapRoutes';
import { metricsRoutes } from './routers/metricsRoutes';
import { objectivesRoutes, SCHEMA_PATH } from './routers/objectivesRoutes';
import { Access } from './service/Access';
import { CommitSource } from './service/CommitSource';
import { HealthService } from './service/HealthService';
import { LogService } from './service/LogService';
import { NameSource } from './service/NameSource';
import { TrafficSource } from './service/TrafficSource';
import { UsageSource } from './service/UsageSource';
import { EntityIndex } from './signals/EntityIndex';
import { HealthSignals } from './signals/HealthSignals';

/** A browser has six connections to one origin; more streams are forgotten tabs. */
const STREAMS_PER_PERSON = 6;
const SIGNAL_WINDOW_MS = 500;

/** What runs, how it is and why. */
export const healthPlugin = createBackendPlugin({
  pluginId: 'health',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clusters: clustersServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { auth, catalog, clusters, discovery, lifecycle, logger } = deps;
        deps.permissionsRegistry.addPermissions(healthPermissions);
        const now = () => new Date();
        const stopping = new AbortController();

        const access = new Access(deps);
        const forge = new ForgeClient({
          discoveryApi: discovery,
          fetchApi: { fetch },
        });
        const commits = new CommitSource({ forge, auth, now });
        const names = new NameSource(catalog);
        const traffic = new TrafficSource(deps.metrics, now);
        const knex = await openHealthDatabase(deps.database);
        const alerts = new AlertStore(knex, { now });
        const firing = new FiringAlerts(alerts);
        const health = new HealthService({
          access,
          clusters,
          usage: new UsageSource(clusters, now),
          traffic,
          alerts: firing,
          commits,
          names,
          now,
        });
        const metrics = new EntityMetrics({
          access,
          clusters,
          metrics: deps.metrics,
          commits,
          names,
          now,
        });
        const index = new EntityIndex({ catalog, auth, logger, now });
        const maps = new SystemMaps({
          access,
          clusters,
          metrics: deps.metrics,
          traffic,
          alerts: firing,
          owners: new WorkloadOwners({ clusters, index, now }),
          names,
          now,
        });
        const logs = new LogService({
          health,
          clusters,
          limits: DEFAULT_LIMITS,
          now,
        });
        const promised = await assembleAlerts({
          ...deps,
          knex,
          alerts,
          access,
          commits,
          forge,
          health,
          names,
          now,
        });
        // Editors fetch it, and cannot sign in; it says nothing about anybody.
        deps.httpRouter.addAuthPolicy({
          path: SCHEMA_PATH,
          allow: 'unauthenticated',
        });
        deps.httpRouter.use(
          createRouter({
            health,
            logs,
            streams: new StreamLimits(STREAMS_PER_PERSON),
            httpAuth: deps.httpAuth,
            logger,
            now,
            stopping: stopping.signal,
            routes: [
              metricsRoutes({ metrics, now }),
              mapRoutes(maps),
              objectivesRoutes(promised),
              alertsRoutes(promised),
            ],
          }),
        );
        registerActions(deps.actionsRegistry, { health, logs });
        registerMetricsActions(deps.actionsRegistry, { metrics, maps });
        registerObjectivesActions(deps.actionsRegistry, promised);
        await deps.events.subscribe({
          id: 'health-service-file',
          topics: [FORGE_PUSH_TOPIC],
          onEvent: ({ eventPayload }) => promised.pushes.onPush(eventPayload),
        });

        const signals = new HealthSignals({
          clusters,
          index,
          signals: deps.signals,
          logger,
          windowMs: SIGNAL_WINDOW_MS,
          now,
        });
        // Watching begins when the backend is up: starting is not slowed by clusters.
        lifecycle.addStartupHook(() => {
          const stop = signals.start();
          stopping.signal.addEventListener('abort', stop);
          promised.evaluator.start();
          promised.retention.start();
        });
        lifecycle.addShutdownHook(async () => {
          stopping.abort();
          promised.retention.stop();
          await promised.evaluator.stop();
        });
      },
    });
  },
});
