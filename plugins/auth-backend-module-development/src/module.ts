import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { assertDevelopment } from './assertDevelopment';
import { createDevelopmentAuthenticator } from './authenticator';
import { createPeopleRouter } from './router';

/**
 * Auth provider `development`: whoever opens the portal chooses which person of
 * the catalog they are. Loads only with `auth.providers.development`.
 */
export const authModuleDevelopment = createBackendModule({
  pluginId: 'auth',
  moduleId: 'development',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ auth, catalog, config, httpRouter, logger, providers }) {
        if (!config.has('auth.providers.development')) {
          return;
        }
        assertDevelopment(config, process.env.NODE_ENV);

        const { host } = new URL(config.getString('backend.baseUrl'));
        providers.registerProvider({
          providerId: 'development',
          factory: createProxyAuthProviderFactory({
            authenticator: createDevelopmentAuthenticator(host),
            signInResolver: ({ result }, context) =>
              context.signInWithCatalogUser({ entityRef: result.person }),
          }),
        });
        httpRouter.use(createPeopleRouter({ auth, catalog }));
        logger.warn(
          'Development sign-in is on: anybody who reaches this backend can be anybody',
        );
      },
    });
  },
});
