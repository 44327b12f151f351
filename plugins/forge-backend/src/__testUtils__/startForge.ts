import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import {
  AuthorizeResult,
  isResourcePermission,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  ForgeClient,
  RESOURCE_TYPE_FORGE_REPOSITORY,
} from '@ghostlight/plugin-forge-common';
import {
  FORGE_PUSH_TOPIC,
  FORGE_REPOSITORY_TOPIC,
} from '@ghostlight/plugin-forge-node';
import { Knex } from 'knex';
import forgePlugin from '../index';

export const MAYA = 'user:default/maya';
export const ELIAS = 'user:default/elias';
export const SAM = 'user:default/sam';
export const CHECKOUT = 'group:default/team-checkout';

const TEAMS: Record<string, string> = {
  [MAYA]: CHECKOUT,
  [ELIAS]: 'group:default/team-discovery',
  [SAM]: 'group:default/platform',
};

function group(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [] },
  };
}

function user(name: string, displayName: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { profile: { displayName, email: `${name}@example.com` } },
    relations: [{ type: 'memberOf', targetRef: TEAMS[`user:default/${name}`] }],
  };
}

const ENTITIES = [
  group('team-checkout'),
  group('team-discovery'),
  group('platform'),
  user('maya', 'Maya Lind'),
  user('elias', 'Elias Berg'),
  user('sam', 'Sam Okoro'),
];

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/** The portal's policy in small: everybody reads and creates, owners and operators write. */
function decide(
  userRef: string | undefined,
  permission: Permission,
): PolicyDecision {
  if (!userRef) return DENY;
  if (userRef === SAM || !isResourcePermission(permission)) {
    return ALLOW;
  }
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'forge',
    resourceType: RESOURCE_TYPE_FORGE_REPOSITORY,
    conditions: {
      rule: 'IS_OWNED_BY',
      resourceType: RESOURCE_TYPE_FORGE_REPOSITORY,
      params: { claims: [userRef, TEAMS[userRef]] },
    },
  };
}

const permissions = (denied: Set<string>) =>
  createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => {
      const all = async (
        requests: { permission: Permission }[],
        options?: object,
      ) => {
        const credentials =
          options && 'credentials' in options ? options.credentials : undefined;
        const principal = (credentials as any)?.principal;
        return requests.map(({ permission }) => {
          if (denied.has(permission.name)) return DENY;
          if (principal?.type === 'service') return ALLOW;
          return decide(principal?.userEntityRef, permission);
        });
      };
      return {
        authorize: (requests, options) => all(requests, options) as any,
        authorizeConditional: (requests, options) => all(requests, options),
      };
    },
  });

export interface PublishedEvent {
  topic: string;
  payload: Record<string, unknown>;
}

export interface StartForgeOptions {
  knex?: Knex;
  path?: string;
  maxPushBytes?: number;
  /** Names of permissions nobody has; may be changed while it runs. */
  denied?: Set<string>;
  /** Called with each event before it counts as delivered. */
  onEvent?(event: PublishedEvent): Promise<void>;
}

/** A backend with nothing but the forge, on real PostgreSQL, real HTTP and real git. */
export async function startForge(
  databases: TestDatabases,
  options: StartForgeOptions = {},
) {
  const knex = options.knex ?? (await databases.init('POSTGRES_18'));
  const path = options.path ?? (await mkdtemp(join(tmpdir(), 'forge-data-')));
  const events: PublishedEvent[] = [];
  const listener = createBackendPlugin({
    pluginId: 'listener',
    register(env) {
      env.registerInit({
        deps: { events: eventsServiceRef },
        async init(deps) {
          await deps.events.subscribe({
            id: 'listener',
            topics: [FORGE_PUSH_TOPIC, FORGE_REPOSITORY_TOPIC],
            async onEvent({ topic, eventPayload }) {
              const event = { topic, payload: eventPayload as any };
              await options.onEvent?.(event);
              events.push(event);
            },
          });
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      forgePlugin,
      listener,
      permissions(options.denied ?? new Set()),
      eventsServiceFactory,
      mockServices.database.factory({ knex }),
      mockServices.auth.factory(),
      mockServices.httpAuth.factory({
        defaultCredentials: mockCredentials.none(),
      }),
      catalogServiceMock.factory({ entities: ENTITIES }),
      mockServices.rootConfig.factory({
        data: {
          events: { useEventBus: 'never' },
          app: { baseUrl: 'http://localhost:3000' },
          ghostlight: {
            operators: ['group:default/platform'],
            forge: {
              local: {
                path,
                ...(options.maxPushBytes && {
                  maxPushBytes: options.maxPushBytes,
                }),
              },
            },
          },
        },
      }),
    ],
  });
  const origin = `http://localhost:${backend.server.port()}`;
  const client = new ForgeClient({
    discoveryApi: {
      getBaseUrl: async pluginId => `${origin}/api/${pluginId}`,
    },
    fetchApi: { fetch },
  });
  return {
    backend,
    client,
    events,
    knex,
    origin,
    path,
    /** The events of one repository with this topic. */
    pushes: (repository: string) =>
      events
        .filter(
          ({ topic, payload }) =>
            topic === FORGE_PUSH_TOPIC && payload.repository === repository,
        )
        .map(({ payload }) => payload),
    async stop() {
      await backend.stop();
      if (!options.path) await rm(path, { recursive: true, force: true });
    },
  };
}

export const as = (userRef: string) => ({
  token: mockCredentials.user.token(userRef),
});

export const asService = {
  token: mockCredentials.service.token({
    onBehalfOf: mockCredentials.service('plugin:delivery'),
    targetPluginId: 'forge',
  }),
};

/** Waits until `check` stops throwing. */
export async function eventually<T>(
  check: () => T | Promise<T>,
  timeoutMs = 10_000,
): Promise<T> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
}
