import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { assertError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  forgePermissions,
  RESOURCE_TYPE_FORGE_REPOSITORY,
} from '@ghostlight/plugin-forge-common';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { registerActions } from './actions';
import { readForgeConfig } from './config';
import { openDatabase } from './database/openDatabase';
import { findRepository } from './database/repositories';
import { LocalForge } from './forge/LocalForge';
import { isOwnedBy, repositoryResourceRef } from './permissions';
import { createRouter } from './router';
import { Access } from './service/Access';
import { Announcer } from './service/Announcer';
import { bindOperations } from './service/boundOperations';
import { ChangeRequestService } from './service/ChangeRequestService';
import { Commits } from './service/Commits';
import { ContentService } from './service/ContentService';
import { People } from './service/People';
import { RepositoryService } from './service/RepositoryService';
import { TokenService } from './service/TokenService';
import { Urls } from './service/Urls';
import { createGitRouter } from './smartHttp/createGitRouter';
import { GitCallers } from './smartHttp/GitCallers';
import { GitService } from './smartHttp/GitService';

/** Repositories and change requests. */
export const forgePlugin = createBackendPlugin({
  pluginId: 'forge',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
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
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(deps) {
        const { auth, logger, permissionsRegistry } = deps;
        const config = readForgeConfig(deps.config);
        const knex = await openDatabase(deps.database);
        const forge = await LocalForge.open(config.path);
        const now = () => new Date();

        permissionsRegistry.addPermissions(
          forgePermissions.filter(it => !isResourcePermission(it)),
        );
        permissionsRegistry.addResourceType({
          resourceRef: repositoryResourceRef,
          permissions: forgePermissions.filter(it =>
            isResourcePermission(it, RESOURCE_TYPE_FORGE_REPOSITORY),
          ),
          rules: [isOwnedBy],
          getResources: names =>
            Promise.all(names.map(name => findRepository(knex, { name }))),
        });

        const people = new People({ ...deps, now });
        const access = new Access({
          ...deps,
          people,
          operators: config.operators,
        });
        const announcer = new Announcer({ ...deps, knex, forge, now });
        const commits = new Commits(people);
        const urls = new Urls({ ...deps, appUrl: config.appUrl });
        const shared = {
          knex,
          forge,
          access,
          people,
          announcer,
          commits,
          urls,
          now,
        };
        const repositories = new RepositoryService(shared);
        const content = new ContentService({ ...shared, repositories });
        const changeRequests = new ChangeRequestService({
          ...shared,
          repositories,
        });
        const tokens = new TokenService({ ...shared, repositories });
        const operations = bindOperations({
          repositories,
          content,
          changeRequests,
          tokens,
        });

        const { maxPushBytes } = config;
        const git = new GitService({ forge, logger, maxPushBytes });
        const callers = new GitCallers({ auth, tokens, access, people });
        // Git clients send a password, not a Backstage token; createGitRouter checks every request itself.
        deps.httpRouter.addAuthPolicy({
          path: '/git',
          allow: 'unauthenticated',
        });
        deps.httpRouter.use(
          createGitRouter({
            callers,
            repositories,
            git,
            announcer,
            maxPushBytes,
          }),
        );
        deps.httpRouter.use(createRouter({ ...deps, operations }));
        registerActions(deps.actionsRegistry, operations);

        // Looks at every repository, so nobody waits for it.
        deps.lifecycle.addStartupHook(() => {
          announcer.reconcile('all').catch(error => {
            assertError(error);
            logger.error('Could not look for branches that moved', error);
          });
        });
        await deps.scheduler.scheduleTask({
          id: 'forge-reconcile',
          frequency: { minutes: 1 },
          timeout: { minutes: 5 },
          initialDelay: { minutes: 1 },
          fn: async () => {
            await announcer.reconcile('unfinished');
            await tokens.forgetExpired();
          },
        });
      },
    });
  },
});
