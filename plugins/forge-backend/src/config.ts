import { resolve } from 'node:path';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

export interface ForgeConfig {
  /** Folder of the local forge. */
  path: string;
  maxPushBytes: number;
  /** Entity refs of groups and users who count as owners everywhere. */
  operators: string[];
  /** Where the portal is. */
  appUrl: string;
}

const DEFAULT_MAX_PUSH_BYTES = 100 * 1024 * 1024;

export function readForgeConfig(config: RootConfigService): ForgeConfig {
  const local = config.getConfig('ghostlight.forge.local');
  return {
    path: resolve(local.getString('path')),
    maxPushBytes:
      local.getOptionalNumber('maxPushBytes') ?? DEFAULT_MAX_PUSH_BYTES,
    operators: (
      config.getOptionalStringArray('ghostlight.operators') ?? []
    ).map(ref =>
      stringifyEntityRef(
        parseEntityRef(ref, {
          defaultKind: 'group',
          defaultNamespace: 'default',
        }),
      ),
    ),
    appUrl: config.getString('app.baseUrl'),
  };
}
