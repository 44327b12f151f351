import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { GhostlightPolicy } from './GhostlightPolicy';

/** Gives the permission backend Ghostlight's policy. */
export const permissionModuleGhostlight = createBackendModule({
  pluginId: 'permission',
  moduleId: 'ghostlight',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ config, policy }) {
        policy.setPolicy(GhostlightPolicy.fromConfig(config));
      },
    });
  },
});
