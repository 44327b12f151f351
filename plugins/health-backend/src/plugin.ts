import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  clustersServiceRef,
  metricsServiceRef,
} from '@ghostlight/plugin-clusters-node';
import { ForgeClient } from '@ghostlight/plugin-forge-common';
import { healthPermissions } from '@ghostlight/plugin-health-common';
import { registerActions } from './actions';
import { DEFAULT_LIMITS } from './logs/LogTail';
import { StreamLimits } from './logs/StreamLimits';
import { EntityMetrics } from './metrics/EntityMetrics';
import { SystemMaps } from './map/SystemMaps';
import { WorkloadOwners } from './map/WorkloadOwners';
import { createRouter } from './router';
import { mapRoutes } from './routers/mapRoutes';
import { metricsRoutes } from './routers/metricsRoutes';
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
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clusters: clustersServiceRef,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
      },
      async init(deps) {
        const { auth, catalog, clusters, discovery, lifecycle, logger } = deps;
        deps.permissionsRegistry.addPermissions(healthPermissions);
        const now = () => new Date();
        const stopping = new AbortController();

        const access = new Access(deps);
        const commits = new CommitSource({
          forge: new ForgeClient({
            discoveryApi: discovery,
            fetchApi: { fetch },
          }),
          auth,
          now,
        });
        const names = new NameSource(catalog);
        const traffic = new TrafficSource(deps.metrics, now);
        const health = new HealthService({
          access,
          clusters,
          usage: new UsageSource(clusters, now),
          traffic,
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
        deps.httpRouter.use(
          createRouter({
            health,
            logs,
            streams: new StreamLimits(STREAMS_PER_PERSON),
            httpAuth: deps.httpAuth,
            logger,
            now,
            stopping: stopping.signal,
            routes: [metricsRoutes({ metrics, now }), mapRoutes(maps)],
          }),
        );
        registerActions(deps.actionsRegistry, { health, logs });

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
        });
        lifecycle.addShutdownHook(() => stopping.abort());
      },
    });
  },
});
